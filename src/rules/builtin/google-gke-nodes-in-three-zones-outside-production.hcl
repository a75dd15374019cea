rule "google-gke-nodes-in-three-zones-outside-production" {
  title    = "Nodes in every zone outside production"
  on       = "google_container_node_pool"
  severity = "note"

  let {
    cluster  = ref("cluster", "google_container_cluster")
    location = coalesce(known(self.location, null), cluster.location, "-")
    zones    = concat(known(self.node_locations, []), coalesce(known(cluster.node_locations, null), []))
    scaling  = known(self.autoscaling, [])[0]
    # Such a pool counts its nodes over all zones together.
    is_total = coalesce(scaling.total_min_node_count, 0) > 0
  }

  when    = production == false && can(regex("^[a-z]+-[a-z]+[0-9]+$", location)) && length(zones) == 0 && !is_total
  instead = { node_locations = ["${location}-b"] }
  message = "a pool of a regional cluster has its count of nodes in each of three zones; outside production one zone is often enough"

  docs {
    what       = "A pool of nodes in a region, without `node_locations` of its own or of its cluster, whose module or project says that it is not production."
    why        = "`node_count`, `initial_node_count` and the least count of `autoscaling` are per zone: one means three nodes. Traffic between zones is charged besides."
    ignore     = "Where the load needs the three nodes anyway, or where the loss of a zone is tested. The control plane stays regional, at the same fee."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://cloud.google.com/kubernetes-engine/docs/concepts/regional-clusters"
  }
}
