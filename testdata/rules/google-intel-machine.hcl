case "N2 earns the sustained-use discount of a fifth, and so does N2D" {
  resource "google_compute_instance" "vm" {
    machine_type = "n2-standard-4"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  finds = { "google_compute_instance.vm" = 730 * 0.8 * (4 * (0.031611 - 0.027502) + 16 * (0.004237 - 0.003686)) }
}

case "two nodes of C3, by the URL of their type" {
  resource "google_container_node_pool" "pool" {
    location   = "us-central1-a"
    node_count = 2
    node_config {
      machine_type = "zones/us-central1-a/machineTypes/c3-highmem-8"
    }
  }
  finds = { "google_container_node_pool.pool" = 2 * 730 * (8 * (0.03465 - 0.029563) + 64 * (0.003938 - 0.003959)) }
}

case "a size that AMD lacks, a custom one, and a shared core" {
  resource "google_compute_instance" "large" {
    machine_type = "n2-standard-128"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  resource "google_compute_instance" "custom" {
    machine_type = "n2-custom-4-8192"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  resource "google_compute_instance" "small" {
    machine_type = "e2-medium"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  finds = {}
}

case "bound to Intel" {
  resource "google_compute_instance" "platform" {
    machine_type     = "n2-standard-4"
    zone             = "us-central1-a"
    min_cpu_platform = "Intel Ice Lake"
    boot_disk {
      source = "disk"
    }
  }
  resource "google_compute_instance" "nested" {
    machine_type = "n2-standard-4"
    zone         = "us-central1-a"
    advanced_machine_features {
      enable_nested_virtualization = true
    }
    boot_disk {
      source = "disk"
    }
  }
  finds = {}
}
