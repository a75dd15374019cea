rule "google-fast-machine-outside-production" {
  title    = "Machine of a fast series outside production"
  on       = ["google_compute_instance", "google_container_node_pool"]
  severity = "note"

  # Series on persistent disks, as E2 is, and their classes with as much memory.
  table "classes" {
    rows = {
      n2  = ["standard", "highmem", "highcpu"]
      c2  = ["standard"]
      c2d = ["standard", "highmem"]
      c3  = ["standard", "highmem"]
      c3d = ["standard", "highmem"]
      t2d = ["standard"]
    }
  }

  table "sizes" {
    rows = {
      standard = ["2", "4", "8", "16", "32"]
      highmem  = ["2", "4", "8", "16"]
      highcpu  = ["2", "4", "8", "16", "32"]
    }
  }

  let {
    is_pool = type == "google_container_node_pool"
    node    = is_pool ? known(self.node_config, [])[0] : self
    # A type may stand as the last segment of a URL.
    machine = reverse(split("/", node.machine_type))[0]
    parts   = split("-", machine)
    classes = table.classes[parts[0]]
    economy = "e2-${parts[1]}-${parts[2]}"
    # What E2 lacks.
    is_bound = (
      length(known(node.scratch_disk, [])) > 0 || coalesce(known(node.local_ssd_count, null), 0) > 0 ||
      length(known(node.guest_accelerator, [])) > 0 ||
      !contains(["-", "AUTOMATIC"], upper(coalesce(known(node.min_cpu_platform, null), "-"))) ||
      known(node.advanced_machine_features, [])[0].enable_nested_virtualization == true ||
      known(node.confidential_instance_config, [])[0].enable_confidential_compute == true
    )
  }

  when = production == false && classes != null && length(parts) == 3 && (
    contains(classes, parts[1]) && contains(table.sizes[parts[1]], parts[2]) && !is_bound
  )
  instead = is_pool ? { node_config = [{ machine_type = economy }] } : { machine_type = economy }
  message = "this ${machine} is outside production; ${economy} has as many vCPUs and as much memory for less"

  docs {
    what       = "A machine or a pool of nodes of the series N2, C2, C2D, C3, C3D or T2D, whose labels, module or project say that it is not production, in a size that E2 has too, without local SSDs or GPUs."
    why        = "E2 is the series for light and changing load: it shares the host's processors more closely and costs a seventh to a third less, the sustained-use discount of the others already taken off."
    ignore     = "Where speed is measured here and must be that of production, or where the load is heavy all the time."
    confidence = "medium"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://cloud.google.com/compute/docs/general-purpose-machines"
  }
}
