case "machines of two clouds in development" {
  project = "shop-dev"
  resource "aws_instance" "vm" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
  }
  resource "google_compute_instance" "vm" {
    machine_type = "n2-standard-32"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  finds = {
    "aws_instance.vm"            = null
    "google_compute_instance.vm" = null
  }
}

case "by a policy, by a tag, by its hours, and spot" {
  project = "shop-dev"
  usage   = { "aws_instance.hours" = { monthly_hrs = 220 } }
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
  resource "aws_instance" "tag" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
    tags          = { Schedule = "office-hours" }
  }
  resource "aws_instance" "hours" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
  }
  finds = {}
}

case "production, small, and nothing that tells" {
  resource "aws_instance" "production" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
    tags          = { Environment = "production" }
  }
  resource "google_compute_instance" "small" {
    machine_type = "e2-micro"
    zone         = "us-central1-a"
    labels       = { environment = "dev" }
    boot_disk {
      source = "disk"
    }
  }
  resource "aws_instance" "unknown" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
  }
  finds = {}
}
