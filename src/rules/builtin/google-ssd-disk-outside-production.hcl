rule "google-ssd-disk-outside-production" {
  title = "Disk of the fast kind outside production"
  on = [
    "google_compute_disk",
    "google_compute_region_disk",
    "google_compute_instance",
    "google_container_node_pool",
  ]
  severity = "warning"

  let {
    boot  = known(known(self.boot_disk, [])[0].initialize_params, [])[0]
    node  = known(self.node_config, [])[0]
    place = type == "google_compute_instance" ? "boot" : (type == "google_container_node_pool" ? "node" : "disk")
    kind  = place == "boot" ? boot.type : (place == "node" ? node.disk_type : self.type)
    # What the disk becomes, by where its type stands.
    changed = {
      boot = { boot_disk = [{ initialize_params = [{ type = "pd-balanced" }] }] }
      node = { node_config = [{ disk_type = "pd-balanced" }] }
      disk = { type = "pd-balanced" }
    }
  }

  # A type may stand as the last segment of a URL.
  when    = production == false && reverse(split("/", known(kind, null)))[0] == "pd-ssd"
  instead = changed[place]
  message = "this disk outside production is pd-ssd; pd-balanced is on SSDs too and costs two fifths less a GB"

  docs {
    what       = "A disk, a boot disk or the disk of nodes of type pd-ssd, whose labels, module or project say that it is not production."
    why        = "pd-balanced stores on SSDs as well, for two fifths less a GB, with 3,000 IOPS and 6 more a GB instead of 6,000 and 30."
    ignore     = "Where a database under load is tested here. The type of a disk that stands cannot be changed: Terraform makes a new one, so take a snapshot first."
    confidence = "high"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://cloud.google.com/compute/docs/disks/performance"
  }
}
