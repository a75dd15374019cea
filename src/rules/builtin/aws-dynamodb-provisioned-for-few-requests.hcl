rule "aws-dynamodb-provisioned-for-few-requests" {
  title    = "Provisioned DynamoDB capacity that costs more than its requests would"
  on       = "aws_dynamodb_table"
  severity = "warning"

  when = coalesce(self.billing_mode, "PROVISIONED") == "PROVISIONED" && (
    usage.monthly_write_request_units != null && usage.monthly_read_request_units != null
  )
  instead = { billing_mode = "PAY_PER_REQUEST", read_capacity = null, write_capacity = null }
  message = "the requests of this table, by its usage, cost less on demand than the capacity that waits for them"

  docs {
    what       = "A DynamoDB table with provisioned capacity whose usage says how many request units it serves, where these cost less on demand."
    why        = "Provisioned capacity is charged by the hour, used or not. On-demand requests are dearer each, and cost less below about a sixth of the capacity."
    ignore     = "Where the requests given will grow soon, or reserved capacity has been bought. The mode can be changed a few times a day."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html"
  }
}
