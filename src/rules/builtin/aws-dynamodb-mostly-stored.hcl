rule "aws-dynamodb-mostly-stored" {
  title    = "DynamoDB table whose storage outweighs its requests"
  on       = "aws_dynamodb_table"
  severity = "warning"

  let {
    is_on_demand = self.billing_mode == "PAY_PER_REQUEST"
    is_known     = usage.storage_gb != null && (!is_on_demand || (usage.monthly_write_request_units != null && usage.monthly_read_request_units != null))
  }

  when    = coalesce(self.table_class, "STANDARD") == "STANDARD" && is_known
  instead = { table_class = "STANDARD_INFREQUENT_ACCESS" }
  message = "this table of ${usage.storage_gb} GB is read and written so little that the infrequent-access class costs less"

  docs {
    what       = "A DynamoDB table of the standard class whose usage says that storage outweighs its requests."
    why        = "The infrequent-access class stores a GB for 60 % less and charges a quarter more for requests and capacity."
    ignore     = "Where reserved capacity has been bought, which the other class cannot use. The class can be changed twice in 30 days."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.TableClasses.html"
  }
}
