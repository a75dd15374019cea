rule "aws-log-group-without-expiry" {
  title    = "Log group that never expires"
  on       = "aws_cloudwatch_log_group"
  severity = "warning"

  # Groups of the class DELIVERY keep two days by themselves.
  when    = coalesce(self.retention_in_days, 0) == 0 && known(self.log_group_class, "STANDARD") != "DELIVERY"
  message = "the events of this log group are kept, and charged by the GB, for ever"

  docs {
    what       = "A CloudWatch log group without `retention_in_days`, or with 0."
    why        = "What is logged is stored and charged every month from then on. Logs are read for days, and grow without end."
    ignore     = "Where a law or an audit asks for all of it; even then S3 stores it for less."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html"
  }
}
