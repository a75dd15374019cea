case "a machine in development" {
  project = "shop-dev"
  resource "google_compute_instance" "vm" {
    machine_type = "n2-standard-32"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  finds = {
    "google_compute_instance.vm" = null
  }
}

case "by a policy, by a tag, by its hours, and spot" {
  project = "shop-dev"
  usage   = { "google_compute_instance.hours" = { monthly_hrs = 220 } }
  resource "google_compute_resource_policy" "office" {
    name = "office"
    instance_schedule_policy {
      time_zone = "Europe/Berlin"
      vm_stop_schedule {
        schedule = "0 19 * * *"
      }
    }
  }
  resource "google_compute_instance" "policy" {
    machine_type      = "n2-standard-32"
    zone              = "us-central1-a"
    resource_policies = google_compute_resource_policy.office.id
    boot_disk {
      source = "disk"
    }
  }
  resource "google_compute_instance" "spot" {
    machine_type = "e2-standard-32"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
    scheduling {
      provisioning_model = "SPOT"
    }
  }
  resource "google_compute_instance" "tag" {
    machine_type = "n2-standard-32"
    zone         = "us-central1-a"
    labels       = { schedule = "office-hours" }
    boot_disk {
      source = "disk"
    }
  }
  resource "google_compute_instance" "hours" {
    machine_type = "n2-standard-32"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  finds = {}
}

case "production, small, and nothing that tells" {
  resource "google_compute_instance" "production" {
    machine_type = "n2-standard-32"
    zone         = "us-central1-a"
    labels       = { environment = "production" }
    boot_disk {
      source = "disk"
    }
  }
  resource "google_compute_instance" "small" {
    machine_type = "e2-micro"
    zone         = "us-central1-a"
    labels       = { environment = "dev" }
    boot_disk {
      source = "disk"
    }
  }
  resource "google_compute_instance" "unknown" {
    machine_type = "n2-standard-32"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  finds = {}
}
