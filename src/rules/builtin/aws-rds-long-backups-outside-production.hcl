rule "aws-rds-long-backups-outside-production" {
  title    = "Weeks of backups outside production"
  on       = "aws_db_instance"
  severity = "note"

  when    = production == false && self.backup_retention_period > 7
  message = "${self.backup_retention_period} days of backups are kept outside production; those beyond the size of the region's databases are charged by the GB"

  docs {
    what       = "An RDS instance outside production with `backup_retention_period` over seven days."
    why        = "Backups are free up to the storage of all databases of the region. With many days of changes kept, and after databases are deleted, they go beyond it and cost as much as nearly a GB of storage each."
    ignore     = "Where the data changes little, or an audit covers this environment too."
    confidence = "low"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html"
  }
}
