case "32 vCPUs on demand" {
  resource "google_compute_instance" "vm" {
    machine_type = "n2-standard-32"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  finds = { "google_compute_instance.vm" = null }
}

case "small, at some hours, and spot" {
  usage = { "google_compute_instance.hours" = { monthly_hrs = 300 } }
  resource "google_compute_instance" "small" {
    machine_type = "n2-standard-4"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  resource "google_compute_instance" "hours" {
    machine_type = "n2-standard-64"
    zone         = "us-central1-a"
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
  finds = {}
}

case "a commitment is bought in the plan" {
  resource "google_compute_instance" "vm" {
    machine_type = "n2-standard-32"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  resource "google_compute_region_commitment" "year" {
    name = "year"
    plan = "TWELVE_MONTH"
  }
  finds = {}
}

case "outside production a schedule helps more" {
  project = "shop-dev"
  resource "google_compute_instance" "vm" {
    machine_type = "n2-standard-32"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  finds = {}
}
