case "no tag, and one that says nothing about who pays" {
  resource "aws_instance" "none" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
  }
  resource "aws_instance" "name" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
    tags          = { Name = "web", Environment = "production" }
  }
  resource "google_compute_instance" "none" {
    machine_type = "n2-standard-32"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  finds = {
    "aws_instance.none"            = null
    "aws_instance.name"            = null
    "google_compute_instance.none" = null
  }
}

case "however it is spelled, by default tags too" {
  resource "aws_instance" "center" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
    tags          = { "Cost-Center" = "4711" }
  }
  resource "aws_instance" "prefix" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
    tags          = { "acme:Team" = "shop" }
  }
  resource "aws_instance" "default" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
    tags_all      = { owner = "shop" }
  }
  resource "google_compute_instance" "label" {
    machine_type = "n2-standard-32"
    zone         = "us-central1-a"
    labels       = { cost_centre = "4711" }
    boot_disk {
      source = "disk"
    }
  }
  finds = {}
}

case "too small to ask" {
  resource "google_compute_instance" "small" {
    machine_type = "e2-micro"
    zone         = "us-central1-a"
    boot_disk {
      source = "disk"
    }
  }
  finds = {}
}
