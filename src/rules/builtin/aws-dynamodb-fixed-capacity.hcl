rule "aws-dynamodb-fixed-capacity" {
  title    = "Provisioned DynamoDB capacity that does not scale"
  on       = "aws_dynamodb_table"
  severity = "note"

  let {
    units = coalesce(self.read_capacity, 0) + coalesce(self.write_capacity, 0)
  }

  # The free tier covers 25 units of each.
  when = coalesce(self.billing_mode, "PROVISIONED") == "PROVISIONED" && units > 50 && (
    length(referrers("aws_appautoscaling_target", "resource_id")) == 0
  )
  message = "${units} capacity units are provisioned at all hours, and nothing scales them: consider autoscaling or on-demand"

  docs {
    what       = "A DynamoDB table with more than 50 provisioned units which no `aws_appautoscaling_target` refers to."
    why        = "Fixed capacity is bought for the peak and paid for at night. Autoscaling follows the load, and on-demand tables cost nothing without requests."
    ignore     = "Where the load is even, or reserved capacity covers it, or targets are named by text rather than by reference."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html"
  }
}
