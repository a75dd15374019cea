case "reserved and used by nothing" {
  resource "google_compute_address" "spare" {
    name   = "spare"
    region = "us-central1"
  }
  resource "google_compute_global_address" "spare" {
    name = "spare"
  }
  finds = {
    "google_compute_address.spare"        = 730 * 0.01
    "google_compute_global_address.spare" = 730 * 0.01
  }
}

case "each has its user" {
  resource "google_compute_address" "vm" {
    name = "vm"
  }
  resource "google_compute_address" "nat" {
    name = "nat"
  }
  resource "google_compute_global_address" "site" {
    name = "site"
  }
  resource "google_compute_instance" "vm" {
    machine_type = "e2-medium"
    zone         = "us-central1-a"
    boot_disk {}
    network_interface {
      access_config {
        nat_ip = google_compute_address.vm.address
      }
    }
  }
  resource "google_compute_router_nat" "nat" {
    nat_ips = google_compute_address.nat.self_link
  }
  resource "google_compute_global_forwarding_rule" "site" {
    ip_address = google_compute_global_address.site.id
  }
  finds = {}
}

case "internal addresses are free" {
  resource "google_compute_address" "inside" {
    name         = "inside"
    address_type = "INTERNAL"
  }
  resource "google_compute_global_address" "peering" {
    name         = "peering"
    address_type = "INTERNAL"
    purpose      = "VPC_PEERING"
  }
  finds = {}
}

case "its user stands in another state" {
  resource "google_compute_address" "vm" {
    name  = "vm"
    users = ["projects/p/zones/us-central1-a/instances/vm"]
  }
  finds = {}
}
