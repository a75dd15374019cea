rule "aws-s3-replica-in-source-class" {
  title    = "Replicas of objects in the class of their source"
  on       = "aws_s3_bucket_replication_configuration"
  severity = "note"

  let {
    plain = [for rule in self.rule : rule.id if rule.status == "Enabled" && coalesce(rule.destination[0].storage_class, "STANDARD") == "STANDARD"]
  }

  when    = length(plain) > 0
  message = "replicas are stored in the class of their source; a copy that is read only after a loss costs about half in Standard-IA, less in Glacier"

  docs {
    what       = "A replication rule whose destination names no storage class, or the standard one."
    why        = "Replication stores every object twice, and between regions it is charged by the GB sent. A copy kept against loss is hardly ever read, and belongs in a class for such objects."
    ignore     = "Where the other region reads the copies, where objects are smaller than 128 KB or live shorter than the class charges at least."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html"
  }
}
