rule "google-bucket-noncurrent-versions-kept" {
  title    = "Versions of objects that are never deleted"
  on       = "google_storage_bucket"
  severity = "warning"

  let {
    # Rules that reach versions which are no longer the current one.
    cleaning = [
      for rule in known(self.lifecycle_rule, []) : rule
      if rule.action[0].type == "Delete" && coalesce(known(rule.condition[0].with_state, null), "ANY") != "LIVE"
    ]
  }

  when    = known(self.versioning, [])[0].enabled == true && length(cleaning) == 0
  message = "every overwritten or deleted object of this bucket is kept as a version for ever: no lifecycle rule deletes them"

  docs {
    what       = "A bucket with `versioning` on, and no lifecycle rule with the action Delete that applies to noncurrent versions."
    why        = "A version costs as much as the object it was. Where objects are overwritten often, such as states, exports or indexes, the versions soon are most of the bucket, and deleting an object saves nothing."
    ignore     = "Where all versions must be kept. Else two rules do: one with `num_newer_versions`, one with `days_since_noncurrent_time`."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://cloud.google.com/storage/docs/object-versioning"
  }
}
