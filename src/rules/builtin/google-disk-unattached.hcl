rule "google-disk-unattached" {
  title    = "Disk that nothing in the plan attaches"
  on       = ["google_compute_disk", "google_compute_region_disk"]
  severity = "note"

  let {
    users = concat(
      # What exists already says itself who has it attached.
      known(self.users, []),
      referrers("google_compute_attached_disk", "disk"),
      referrers("google_compute_instance", "attached_disk.source"),
      referrers("google_compute_instance", "boot_disk.source"),
      referrers("google_compute_instance_from_template", "attached_disk.source"),
      referrers("google_compute_instance_from_template", "boot_disk.source"),
      referrers("google_compute_instance_template", "disk.source"),
      referrers("google_compute_per_instance_config", "preserved_state.disk.source"),
      referrers("google_compute_region_per_instance_config", "preserved_state.disk.source"),
      referrers("google_compute_disk_async_replication", "secondary_disk.disk"),
      referrers("kubernetes_persistent_volume", "spec.persistent_volume_source.gce_persistent_disk.pd_name"),
      referrers("kubernetes_persistent_volume", "spec.persistent_volume_source.csi.volume_handle"),
    )
  }

  when    = length(users) == 0
  remove  = true
  message = "nothing in the plan attaches this disk; it costs the same as one in use"

  docs {
    what       = "A persistent disk that has no users, and to which no instance, template, attachment or persistent volume in the plan refers."
    why        = "A disk bills its whole size from its creation to its deletion, attached or not. A snapshot keeps the data and bills only what is written, compressed."
    ignore     = "Where something outside of the plan attaches it, such as a script, another state, or a controller of Kubernetes, or where an image is about to be made from it."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://cloud.google.com/compute/docs/viewing-and-applying-idle-resources-recommendations"
  }
}
