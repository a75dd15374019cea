rule "google-x86-machine" {
  title    = "Machine on x86 that has an Arm twin"
  on       = ["google_compute_instance", "google_container_node_pool"]
  severity = "note"

  # The Arm series on the same kinds of disk, and the sizes that both have.
  table "twin" {
    rows = {
      n4  = { series = "n4a", sizes = ["2", "4", "8", "16", "32", "48", "64"] }
      n4d = { series = "n4a", sizes = ["2", "4", "8", "16", "32", "48", "64"] }
      c4  = { series = "c4a", sizes = ["2", "4", "8", "16", "32", "48"] }
      c4d = { series = "c4a", sizes = ["2", "4", "8", "16", "32", "48", "64"] }
    }
  }

  let {
    is_pool = type == "google_container_node_pool"
    node    = is_pool ? known(self.node_config, [])[0] : self
    # A type may stand as the last segment of a URL.
    machine    = reverse(split("/", node.machine_type))[0]
    parts      = split("-", machine)
    twin       = table.twin[parts[0]]
    arm        = "${twin.series}-${parts[1]}-${parts[2]}"
    image      = is_pool ? known(node.image_type, null) : known(known(node.boot_disk, [])[0].initialize_params, [])[0].image
    is_windows = can(regex("windows|sql-", lower(coalesce(known(image, null), "-"))))
  }

  when = twin != null && length(parts) == 3 && (
    contains(["standard", "highmem", "highcpu"], parts[1]) && contains(twin.sizes, parts[2]) && !is_windows
  )
  instead = is_pool ? { node_config = [{ machine_type = arm }] } : { machine_type = arm }
  message = "${machine} runs on x86; ${arm} has as many vCPUs and as much memory on Arm for less"

  docs {
    what       = "A Linux machine or a pool of nodes of the series N4, N4D, C4 or C4D in a size that the Arm series N4A or C4A has too."
    why        = "The Arm series of the same generation cost 4 to 15 % less an hour, each of their vCPUs is a whole core, and they boot from the same Hyperdisks."
    ignore     = "Where programs, images of containers or agents are not built for arm64, and in regions or zones without the series. The boot image has to be one for arm64."
    confidence = "medium"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://cloud.google.com/compute/docs/instances/arm-on-compute"
  }
}
