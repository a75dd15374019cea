rule "aws-aurora-long-backups-outside-production" {
  title    = "Weeks of Aurora backups outside production"
  on       = "aws_rds_cluster"
  severity = "warning"

  when    = production == false && startswith(self.engine, "aurora") && self.backup_retention_period > 7
  instead = { backup_retention_period = 7 }
  message = "${self.backup_retention_period} days of backups are kept outside production; all but one day's are charged by the GB"

  docs {
    what       = "An Aurora cluster outside production with `backup_retention_period` over seven days."
    why        = "Aurora keeps one day of backups without charge. Those of each further day are charged by the GB and month."
    ignore     = "Where the data changes little, or an audit covers this environment too."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html"
  }
}
