rule "aws-dynamodb-recovery-outside-production" {
  title    = "Point-in-time recovery outside production"
  on       = "aws_dynamodb_table"
  severity = "note"

  when    = production == false && self.point_in_time_recovery[0].enabled == true
  message = "point-in-time recovery of this table outside production is charged by the GB of the table"

  docs {
    what       = "A DynamoDB table outside production with `point_in_time_recovery` on."
    why        = "Point-in-time recovery is charged by the size of the table and its local indexes each month, nearly as much as the table's own storage. Test data can be made again."
    ignore     = "Where the data of the environment is work of people, or recovery is what is tested."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html"
  }
}
