rule "google-gke-extended-channel" {
  title    = "Cluster on the Extended channel"
  on       = "google_container_cluster"
  severity = "warning"

  when    = known(self.release_channel, [])[0].channel == "EXTENDED"
  message = "on the Extended channel no minor version is left before its support ends; once standard support is over, the cluster costs six times its fee"

  docs {
    what       = "A GKE cluster with the release channel EXTENDED."
    why        = "A cluster on it stays at its minor version after the 14 months of standard support, and pays 0.50 an hour for it beside the fee of 0.10: 365 a month that no price list of the cluster shows. The other channels upgrade in time and cost nothing more."
    ignore     = "Where a version must be kept for longer and its price is known, or where the minor version is raised by hand in time: until then the channel costs nothing more."
    confidence = "medium"
    effort     = "medium"
    restart    = false
    rollback   = true
    url        = "https://cloud.google.com/kubernetes-engine/docs/how-to/extended-channel"
  }
}
