rule "aws-rds-standby-outside-production" {
  title    = "Standby of a database outside production"
  on       = "aws_db_instance"
  severity = "warning"

  when    = production == false && self.multi_az == true
  instead = { multi_az = false }
  message = "this ${self.instance_class} outside production has a standby in a second zone, at the price of a second instance and volume"

  docs {
    what       = "An RDS instance with `multi_az = true` whose tags, module or project say that it is not production."
    why        = "The standby serves no reads. It doubles the price of the instance, of its storage and of its provisioned IOPS, for a failover within minutes that a test environment seldom needs."
    ignore     = "Where failover itself is tested, or where an outage of the environment stops many people at work."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html"
  }
}
