rule "aws-dashboards-beyond-free" {
  title    = "More dashboards than are free"
  severity = "note"

  let {
    boards = length(resources.aws_cloudwatch_dashboard)
  }

  when    = boards > 3
  message = "this plan has ${boards} CloudWatch dashboards; three of an account are free, each further one is charged by the month"

  docs {
    what       = "A plan with more than three CloudWatch dashboards."
    why        = "Three dashboards with up to 50 metrics are free in an account. Each further one is charged by the month, looked at or not."
    ignore     = "Where people look at each of them."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://aws.amazon.com/cloudwatch/pricing/"
  }
}
