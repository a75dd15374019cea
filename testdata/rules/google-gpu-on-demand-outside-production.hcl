case "a series with its own GPU" {
  resource "google_compute_instance" "train" {
    machine_type = "g2-standard-4"
    zone         = "us-central1-a"
    labels       = { environment = "dev" }
    boot_disk {
      source = "disk"
    }
  }
  finds = { "google_compute_instance.train" = 730 * (0.706832255 - 0.397336) }
}

case "spot already, production, and no GPU" {
  resource "google_compute_instance" "spot" {
    machine_type = "g2-standard-4"
    zone         = "us-central1-a"
    labels       = { environment = "dev" }
    boot_disk {
      source = "disk"
    }
    scheduling {
      provisioning_model = "SPOT"
    }
  }
  resource "google_compute_instance" "production" {
    machine_type = "g2-standard-4"
    zone         = "us-central1-a"
    labels       = { environment = "production" }
    boot_disk {
      source = "disk"
    }
  }
  resource "google_compute_instance" "plain" {
    machine_type = "e2-standard-4"
    zone         = "us-central1-a"
    labels       = { environment = "dev" }
    boot_disk {
      source = "disk"
    }
  }
  finds = {}
}
