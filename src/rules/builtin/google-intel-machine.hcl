rule "google-intel-machine" {
  title    = "Intel machine whose AMD twin costs less"
  on       = ["google_compute_instance", "google_container_node_pool"]
  severity = "note"

  # The AMD series of the same generation, which takes the same kinds of disk, and the sizes that both have.
  table "twin" {
    rows = {
      n2 = { series = "n2d", sizes = ["2", "4", "8", "16", "32", "48", "64", "80", "96"] }
      n4 = { series = "n4d", sizes = ["2", "4", "8", "16", "32", "48", "64", "80"] }
      c3 = { series = "c3d", sizes = ["4", "8"] }
    }
  }

  let {
    is_pool = type == "google_container_node_pool"
    node    = is_pool ? known(self.node_config, [])[0] : self
    # A type may stand as the last segment of a URL.
    machine = reverse(split("/", node.machine_type))[0]
    parts   = split("-", machine)
    twin    = table.twin[parts[0]]
    amd     = "${twin.series}-${parts[1]}-${parts[2]}"
    # What only Intel has.
    is_bound = (
      startswith(coalesce(known(node.min_cpu_platform, null), "-"), "Intel") ||
      known(node.advanced_machine_features, [])[0].enable_nested_virtualization == true ||
      known(node.confidential_instance_config, [])[0].confidential_instance_type == "TDX"
    )
  }

  when = twin != null && length(parts) == 3 && (
    contains(["standard", "highmem", "highcpu"], parts[1]) && contains(twin.sizes, parts[2]) && !is_bound
  )
  instead = is_pool ? { node_config = [{ machine_type = amd }] } : { machine_type = amd }
  message = "${machine} runs on Intel; ${amd} runs the same image on AMD for less"

  docs {
    what       = "A machine or a pool of nodes of the series N2, N4 or C3 in a size that N2D, N4D or C3D has too, that is bound neither to an Intel platform nor to nested virtualization or TDX."
    why        = "The twins on AMD have as many vCPUs and as much memory, take the same kinds of disk and the same sustained-use discount, cost 7 to 13 % less, and are not slower in general benchmarks."
    ignore     = "Programs tuned for Intel or in need of its accelerators, reservations and commitments bought for the series, and regions or zones without the twin."
    confidence = "medium"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://cloud.google.com/compute/docs/general-purpose-machines"
  }
}
