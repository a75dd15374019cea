case "N4 has its twin in N4A" {
  resource "google_compute_instance" "vm" {
    machine_type = "n4-standard-4"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  finds = { "google_compute_instance.vm" = 730 * (4 * (0.03119 - 0.02646) + 16 * (0.00354 - 0.00301)) }
}

case "C4 has a little less memory than C4A" {
  resource "google_container_node_pool" "pool" {
    location   = "us-central1-a"
    node_count = 1
    node_config {
      machine_type = "c4-standard-4"
    }
  }
  finds = { "google_container_node_pool.pool" = 730 * (4 * (0.03465 - 0.03086) + 15 * 0.003938 - 16 * 0.00351) }
}

case "Windows has no Arm" {
  resource "google_compute_instance" "vm" {
    machine_type = "n4-standard-4"
    zone         = "us-central1-a"
    boot_disk {
      initialize_params {
        image = "windows-cloud/windows-2022"
      }
    }
  }
  finds = {}
}

case "Arm already, or on disks that Arm does not take" {
  resource "google_compute_instance" "arm" {
    machine_type = "c4a-standard-4"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  resource "google_compute_instance" "disk" {
    machine_type = "n2-standard-4"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  finds = {}
}
