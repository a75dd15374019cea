rule "google-snapshots-kept-for-ever" {
  title    = "Snapshot schedule that deletes nothing"
  on       = "google_compute_resource_policy"
  severity = "warning"

  let {
    schedule = known(self.snapshot_schedule_policy, [])[0]
  }

  when    = schedule != null && length(coalesce(schedule.retention_policy, [])) == 0
  message = "every run of this schedule leaves a snapshot, and nothing ever deletes one: each is charged by the GB for ever"

  docs {
    what       = "A resource policy with a `snapshot_schedule_policy` that has no `retention_policy`."
    why        = "Without a retention policy snapshots are kept until somebody deletes them. Each stores the blocks that changed since the one before, so that what is stored grows without end."
    ignore     = "Where a law asks for it, or where something else deletes old snapshots."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://cloud.google.com/compute/docs/disks/about-snapshot-schedules"
  }
}
