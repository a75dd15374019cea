case "disks alone, one of them replicated and one named by URL" {
  resource "google_compute_disk" "a" {
    type   = "pd-ssd"
    zone   = "us-central1-a"
    size   = 100
    labels = { env = "test" }
  }
  resource "google_compute_disk" "b" {
    type   = "projects/p/zones/us-central1-a/diskTypes/pd-ssd"
    zone   = "us-central1-a"
    size   = 10
    labels = { env = "test" }
  }
  resource "google_compute_region_disk" "c" {
    type          = "pd-ssd"
    region        = "us-central1"
    replica_zones = ["us-central1-a", "us-central1-b"]
    size          = 50
    labels        = { env = "test" }
  }
  finds = {
    "google_compute_disk.a"        = 100 * (0.17 - 0.10)
    "google_compute_disk.b"        = 10 * (0.17 - 0.10)
    "google_compute_region_disk.c" = 50 * (0.34 - 0.20)
  }
}

case "boot disks of a machine and of nodes" {
  project = "shop-dev"
  resource "google_compute_instance" "vm" {
    machine_type = "e2-medium"
    zone         = "us-central1-a"
    boot_disk {
      initialize_params {
        size = 40
        type = "pd-ssd"
      }
    }
  }
  resource "google_container_node_pool" "pool" {
    location   = "us-central1-a"
    node_count = 3
    node_config {
      machine_type = "e2-medium"
      disk_type    = "pd-ssd"
      disk_size_gb = 100
    }
  }
  finds = {
    "google_compute_instance.vm"      = 40 * (0.17 - 0.10)
    "google_container_node_pool.pool" = 3 * 100 * (0.17 - 0.10)
  }
}

case "production, an unknown place, and balanced already" {
  resource "google_compute_disk" "production" {
    type   = "pd-ssd"
    zone   = "us-central1-a"
    labels = { env = "prod" }
  }
  resource "google_compute_disk" "unknown" {
    type = "pd-ssd"
    zone = "us-central1-a"
  }
  resource "google_compute_disk" "balanced" {
    type   = "pd-balanced"
    zone   = "us-central1-a"
    labels = { env = "dev" }
  }
  finds = {}
}
