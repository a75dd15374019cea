rule "aws-aurora-serverless-floor-outside-production" {
  title    = "Aurora Serverless that never scales down outside production"
  on       = "aws_rds_cluster"
  severity = "note"

  let {
    least = self.serverlessv2_scaling_configuration[0].min_capacity
  }

  when    = production == false && least > 0.5
  message = "this cluster outside production has at least ${least} capacity units at all hours; it may go down to 0.5, or pause at 0"

  docs {
    what       = "An Aurora Serverless v2 cluster outside production with a `min_capacity` over 0.5."
    why        = "The least capacity is charged at night and at weekends too. Test environments are idle most of the month; recent versions pause by themselves at a least capacity of 0."
    ignore     = "Where load tests need a warm buffer pool, or the first request after a pause must be fast."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html"
  }
}
