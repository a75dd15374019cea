rule "aws-aurora-io-optimized" {
  title    = "Aurora I/O-Optimized where standard storage may cost less"
  on       = "aws_rds_cluster"
  severity = "note"

  when    = self.storage_type == "aurora-iopt1"
  instead = { storage_type = "" }
  message = "Aurora I/O-Optimized has dearer instances and storage, and pays only where requests are more than about a quarter of the cluster's cost"

  docs {
    what       = "An Aurora cluster with `storage_type = \"aurora-iopt1\"`."
    why        = "I/O-Optimized takes no money for requests, and 30 % more for instances and 125 % more for storage. With few requests the standard configuration costs less."
    ignore     = "Where the requests of the cluster are known to be many, or a bill that does not vary matters more. Going back and forth is limited to once in 30 days."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.Aurora_Fea_Regions_DB-eng.Feature.storage-type.html"
  }
}
