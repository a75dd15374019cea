# The machines of a node pool: each node with its boot disk.
template "google_nodes" {
  input "config" { type = any }
  input "nodes" { type = number }

  let {
    machine_type = coalesce(known(config.machine_type, null), "e2-medium")
    is_spot      = known(config.preemptible, false) == true || known(config.spot, false) == true
    local_ssds   = coalesce(known(config.local_ssd_count, null), 0)
  }
  part "node" {
    times = nodes
    use "google_machine" {
      machine_type = machine_type
      spot         = is_spot
      gpus         = known(config.guest_accelerator, [])
    }
    # Nodes boot from 100 GB of pd-balanced where nothing else is said.
    part "boot_disk" {
      use "google_disk" {
        type       = coalesce(known(config.disk_type, null), "pd-balanced")
        size_gb    = known(config.disk_size_gb, null)
        default_gb = 100
      }
    }
    component "Local SSD provisioned storage" {
      when     = local_ssds > 0
      unit     = "GB"
      quantity = local_ssds * 375
      price {
        service = "Compute Engine"
        sku     = is_spot ? "SSD backed Local Storage attached to Spot Preemptible VMs" : "SSD backed Local Storage"
      }
    }
  }
}

resource "google_container_cluster" {
  docs = "https://cloud.google.com/kubernetes-engine/pricing"
  usage {
    # Nodes of the default pool, over all zones.
    nodes = null
    # vCPUs that Autopilot pods ask for.
    autopilot_vcpu_count = null
    # GB of memory that Autopilot pods ask for.
    autopilot_memory_gb = null
    # GB of ephemeral storage that Autopilot pods ask for.
    autopilot_ephemeral_storage_gb = null
  }
  let {
    is_autopilot = known(self.enable_autopilot, false) == true
    location     = known(self.location, "")
    # A region has three zones unless the cluster names its own.
    is_zonal = can(regex("-[a-z]$", location))
    zones    = length(known(self.node_locations, [])) > 0 ? length(self.node_locations) + (is_zonal ? 1 : 0) : (is_zonal ? 1 : 3)
    pools    = known(self.node_pool, [])
    keeps_default = known(self.remove_default_node_pool, false) != true && !is_autopilot && length(pools) == 0
  }

  component "Cluster management fee" {
    when     = !is_autopilot
    unit     = "hours"
    quantity = 730
    price {
      service = "Kubernetes Engine"
      sku     = "Regional Kubernetes Clusters"
    }
  }
  component "Autopilot" {
    when     = is_autopilot
    unit     = "hours"
    quantity = 730
    price {
      service = "Kubernetes Engine"
      sku     = "Autopilot Kubernetes Clusters"
    }
  }
  component "Autopilot vCPU" {
    when     = is_autopilot
    unit     = "vCPU"
    per      = 730
    quantity = usage.autopilot_vcpu_count * 730
    price {
      service = "Kubernetes Engine"
      sku     = "Autopilot Pod mCPU Requests"
    }
  }
  component "Autopilot memory" {
    when     = is_autopilot
    unit     = "GB"
    per      = 730
    quantity = usage.autopilot_memory_gb * 730
    price {
      service = "Kubernetes Engine"
      sku     = "Autopilot Pod Memory Requests"
    }
  }
  component "Autopilot ephemeral storage" {
    when     = is_autopilot
    unit     = "GB"
    per      = 730
    quantity = usage.autopilot_ephemeral_storage_gb * 730
    price {
      service = "Kubernetes Engine"
      sku     = "Autopilot Pod Ephemeral Storage Requests"
    }
  }
  part "default_pool" {
    when = keeps_default
    use "google_nodes" {
      config = coalesce(known(self.node_config, [])[0], {})
      nodes  = coalesce(usage.nodes, coalesce(known(self.initial_node_count, null), 1) * zones)
    }
  }
  part "node_pool" {
    for_each = is_autopilot ? [] : pools
    use "google_nodes" {
      config = coalesce(known(each.value.node_config, [])[0], {})
      nodes  = coalesce(known(each.value.node_count, null), known(each.value.initial_node_count, null), 1) * zones
    }
  }

  example "regional, with the default pool" {
    self   = { location = "us-central1", initial_node_count = 1 }
    expect = { "Cluster management fee" = 730, "default_pool/node/Instance usage" = 2190, "default_pool/node/boot_disk/Balanced provisioned storage (pd-balanced)" = 300 }
  }
  example "zonal, with its own pool" {
    self = {
      location  = "us-central1-a"
      node_pool = [{ node_count = 2, node_config = [{ machine_type = "n1-standard-2", disk_size_gb = 50, disk_type = "pd-ssd", local_ssd_count = 1, preemptible = true }] }]
    }
    expect = {
      "Cluster management fee"                                       = 730
      "node_pool[0]/node/Instance usage"                             = 1460
      "node_pool[0]/node/boot_disk/SSD provisioned storage (pd-ssd)" = 100
      "node_pool[0]/node/Local SSD provisioned storage"              = 750
    }
  }
  example "Autopilot" {
    self   = { location = "us-central1", enable_autopilot = true }
    usage  = { autopilot_vcpu_count = 2, autopilot_memory_gb = 4, autopilot_ephemeral_storage_gb = 10 }
    expect = { "Autopilot" = 730, "Autopilot vCPU" = 1460, "Autopilot memory" = 2920, "Autopilot ephemeral storage" = 7300 }
  }
  example "pools stand apart" {
    self   = { location = "europe-west1", remove_default_node_pool = true, initial_node_count = 1 }
    expect = { "Cluster management fee" = 730 }
  }
}

resource "google_container_node_pool" {
  docs = "https://cloud.google.com/kubernetes-engine/pricing"
  usage {
    # Nodes, over all zones.
    nodes = null
  }
  let {
    cluster     = ref("cluster", "google_container_cluster")
    location    = coalesce(known(self.location, null), cluster.location, "")
    is_zonal    = can(regex("-[a-z]$", location))
    own_zones   = known(self.node_locations, [])
    named_zones = length(own_zones) > 0 ? own_zones : coalesce(known(cluster.node_locations, null), [])
    zones       = length(named_zones) > 0 ? length(named_zones) : (is_zonal ? 1 : 3)
    scaling     = known(self.autoscaling, [])[0]
    per_zone    = coalesce(known(self.node_count, null), known(self.initial_node_count, null), scaling.min_node_count, 1)
    total       = coalesce(usage.nodes, scaling.total_min_node_count, per_zone * zones)
  }
  use "google_nodes" {
    config = coalesce(known(self.node_config, [])[0], {})
    nodes  = total
  }
  example "three zones of a region" {
    self   = { location = "us-central1", node_count = 1, node_config = [{ machine_type = "e2-standard-2", disk_size_gb = 20, disk_type = "pd-standard" }] }
    expect = { "node/Instance usage" = 2190, "node/boot_disk/Standard provisioned storage (pd-standard)" = 60 }
  }
  example "a zone of its cluster" {
    self   = { node_count = 2 }
    refs   = { cluster = { location = "us-central1-a" } }
    expect = { "node/Instance usage" = 1460, "node/boot_disk/Balanced provisioned storage (pd-balanced)" = 200 }
  }
}
