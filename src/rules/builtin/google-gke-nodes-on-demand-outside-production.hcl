rule "google-gke-nodes-on-demand-outside-production" {
  title    = "Nodes at the on-demand price outside production"
  on       = "google_container_node_pool"
  severity = "note"

  let {
    node    = known(self.node_config, [])[0]
    is_spot = known(node.spot, false) == true || known(node.preemptible, false) == true || known(node.flex_start, false) == true
  }

  when    = production == false && !is_spot
  instead = { node_config = [{ spot = true }] }
  message = "the nodes of this pool outside production run on demand; Spot VMs of the same type cost much less"

  docs {
    what       = "A pool of GKE nodes without `spot`, `preemptible` or `flex_start`, whose module or project says that it is not production."
    why        = "Google takes Spot VMs back when it needs them, with 30 seconds of notice, and sells them for it at 40 to 91 % less. Kubernetes starts the pods on other nodes; a test environment seldom suffers."
    ignore     = "Databases and other single pods that must not stop, and teams far away from a zone with spare capacity. One small pool on demand for the system's pods keeps the rest calm. The change replaces the pool."
    confidence = "medium"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms"
  }
}
