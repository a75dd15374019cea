rule "aws-log-group-standard-class" {
  title    = "Busy log group in the standard class"
  on       = "aws_cloudwatch_log_group"
  severity = "note"

  let {
    # Both need the standard class.
    filters = length(referrers("aws_cloudwatch_log_subscription_filter", "log_group_name")) + length(referrers("aws_cloudwatch_log_metric_filter", "log_group_name"))
  }

  when    = known(self.log_group_class, "STANDARD") == "STANDARD" && filters == 0 && usage.monthly_data_ingested_gb >= 10
  instead = { log_group_class = "INFREQUENT_ACCESS" }
  message = "${usage.monthly_data_ingested_gb} GB a month are ingested in the standard class, and no filter reads them; infrequent access takes a GB in for half"

  docs {
    what       = "A log group of the standard class that ingests 10 GB a month or more by its usage, and that no subscription filter or metric filter refers to."
    why        = "Groups of the infrequent-access class take in a GB for half the price. They can be queried with Logs Insights, which is all that many groups are used for."
    ignore     = "Where live tail, metric filters, subscriptions, anomaly detection or exports to S3 are used. The class is chosen when a group is made: a new group is needed."
    confidence = "low"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html"
  }
}
