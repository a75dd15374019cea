rule "aws-s3-replication-outside-production" {
  title    = "Replication of a bucket outside production"
  on       = "aws_s3_bucket_replication_configuration"
  severity = "warning"

  let {
    enabled = [for rule in self.rule : rule.id if rule.status == "Enabled"]
  }

  when    = production == false && length(enabled) > 0
  message = "a bucket outside production is replicated: every object is stored twice, and what goes to another region is charged by the GB"

  docs {
    what       = "An enabled replication rule in a module or project that is not production."
    why        = "The copies cost as much storage as the originals, each is a request, and traffic between regions is charged. Test data seldom needs a second place."
    ignore     = "Where replication itself is tested."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html"
  }
}
