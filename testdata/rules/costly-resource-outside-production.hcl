case "24 large vCPUs for a test" {
  resource "aws_instance" "vm" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
    tags          = { Environment = "test" }
  }
  finds = { "aws_instance.vm" = null }
}

case "production, and a small one" {
  resource "aws_instance" "production" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
    tags          = { Environment = "production" }
  }
  resource "google_compute_instance" "small" {
    machine_type = "e2-micro"
    zone         = "us-central1-a"
    labels       = { environment = "test" }
    boot_disk {
      source = "disk"
    }
  }
  finds = {}
}
