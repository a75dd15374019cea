rule "aws-backup-kept-for-ever" {
  title    = "Backups that never expire"
  on       = "aws_backup_plan"
  severity = "warning"

  let {
    # Terraform states write 0 where nothing is deleted.
    kept = [
      for rule in known(self.rule, []) : rule.rule_name
      if coalesce(rule.lifecycle[0].delete_after, 0) == 0
    ]
  }

  when    = length(kept) > 0
  message = "${join(", ", kept)}: without delete_after each snapshot and recovery point is kept, and charged by the GB, for ever"

  docs {
    what       = "A rule of a backup plan without `delete_after` in its `lifecycle`, which AWS Backup takes as: always."
    why        = "Every run adds a recovery point, a snapshot of a volume or database among them, and none goes. What is stored grows by each day's changes without end."
    ignore     = "Where a law asks for it, or where something else deletes recovery points."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
  }
}
