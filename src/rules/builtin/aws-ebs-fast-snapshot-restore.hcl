rule "aws-ebs-fast-snapshot-restore" {
  title    = "Fast snapshot restore left on"
  on       = "aws_ebs_fast_snapshot_restore"
  severity = "warning"

  when    = true
  message = "fast snapshot restore is charged by the hour for this snapshot and zone, whether a volume is made or not"

  docs {
    what       = "A fast snapshot restore that the plan keeps on for a snapshot in an availability zone."
    why        = "Each hour in each zone costs 0.75 USD in us-east-1, about 550 USD a month, even if no volume is created from the snapshot. A volume without it is slower only on the first read of each block."
    ignore     = "Where volumes are created from the snapshot all the time and have to be fast at once, as in fleets of virtual desktops. For single restores, a volume initialization rate costs only once."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-fast-snapshot-restore.html"
  }
}
