case "N2 in development, with its sustained-use discount" {
  resource "google_compute_instance" "vm" {
    machine_type = "n2-standard-4"
    zone         = "us-central1-a"
    labels       = { environment = "dev" }
    boot_disk {
      source = "disk"
    }
  }
  finds = { "google_compute_instance.vm" = 730 * (0.8 * (4 * 0.031611 + 16 * 0.004237) - (4 * 0.02181159 + 16 * 0.00292353)) }
}

case "three nodes of C3 in staging" {
  project = "shop-staging"
  resource "google_container_node_pool" "pool" {
    location   = "us-central1"
    node_count = 1
    node_config {
      machine_type = "c3-standard-4"
    }
  }
  finds = { "google_container_node_pool.pool" = 3 * 730 * (4 * (0.03465 - 0.02181159) + 16 * (0.003938 - 0.00292353)) }
}

case "production, economy already, and local SSDs" {
  resource "google_compute_instance" "production" {
    machine_type = "n2-standard-4"
    zone         = "us-central1-a"
    labels       = { environment = "production" }
    boot_disk {
      source = "disk"
    }
  }
  resource "google_compute_instance" "economy" {
    machine_type = "e2-standard-4"
    zone         = "us-central1-a"
    labels       = { environment = "dev" }
    boot_disk {
      source = "disk"
    }
  }
  resource "google_compute_instance" "scratch" {
    machine_type = "n2-standard-4"
    zone         = "us-central1-a"
    labels       = { environment = "dev" }
    boot_disk {
      source = "disk"
    }
    scratch_disk {
      interface = "NVME"
    }
  }
  finds = {}
}

case "twice the memory for a vCPU of E2" {
  resource "google_compute_instance" "vm" {
    machine_type = "c3-highcpu-4"
    zone         = "us-central1-a"
    labels       = { environment = "dev" }
    boot_disk {
      source = "disk"
    }
  }
  finds = {}
}
