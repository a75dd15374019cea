rule "aws-aurora-replicas-outside-production" {
  title    = "Several instances of an Aurora cluster outside production"
  on       = "aws_rds_cluster"
  severity = "warning"

  let {
    instances = length(referrers("aws_rds_cluster_instance", "cluster_identifier"))
  }

  when    = production == false && instances > 1
  message = "this cluster outside production has ${instances} instances; one reads and writes"

  docs {
    what       = "An Aurora cluster outside production with more than one instance."
    why        = "Each replica costs what the writer does. It is there for failover within seconds and for reads beyond what one instance can do, which a test environment seldom needs. The data is kept in three zones in any case."
    ignore     = "Where failover or the reader endpoint is what is tested."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html"
  }
}
