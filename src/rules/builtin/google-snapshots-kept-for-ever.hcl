rule "google-snapshots-kept-for-ever" {
  title    = "Snapshot schedule that deletes nothing"
  on       = "google_compute_resource_policy"
  severity = "warning"

  let {
    schedule = known(self.snapshot_schedule_policy, [])[0]
  }

  when    = schedule != null && length(coalesce(schedule.retention_policy, [])) == 0
  message = "every run of this schedule leaves a snapshot, and the schedule names no age at which one is deleted: each is charged by the GB until somebody deletes it"

  docs {
    what       = "A resource policy with a `snapshot_schedule_policy` that has no `retention_policy`."
    why        = "Without a retention policy the schedule sets no greatest age for what it makes, so that snapshots stay until somebody deletes them. Each stores the blocks that changed since the one before, so that what is stored grows without end."
    ignore     = "Where a law asks for it, or where something else deletes old snapshots."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://cloud.google.com/compute/docs/disks/about-snapshot-schedules"
  }
}
