rule "aws-rds-long-performance-insights" {
  title    = "Performance Insights kept beyond the free week"
  on       = ["aws_db_instance", "aws_rds_cluster_instance"]
  severity = "note"

  when    = self.performance_insights_enabled == true && self.performance_insights_retention_period > 7
  instead = { performance_insights_retention_period = 7 }
  message = "Performance Insights keeps ${self.performance_insights_retention_period} days of history, charged by the vCPU; seven days are free"

  docs {
    what       = "A database instance with Performance Insights whose retention is over seven days."
    why        = "Seven days of history are free. Each month beyond is charged for every vCPU of the instance, whether anybody looks at it or not."
    ignore     = "Where slow queries are compared over seasons, or Database Insights in advanced mode needs it."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.cost.html"
  }
}
