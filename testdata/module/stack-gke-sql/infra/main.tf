terraform {
  required_providers {
    google = { source = "hashicorp/google", version = ">= 6.0" }
  }
}

provider "google" {
  project = var.project
  region  = var.region
}

variable "project" {
  type    = string
  default = "example-project"
}
variable "region" {
  type    = string
  default = "us-central1"
}
variable "environments" {
  type = map(object({
    machine_type = string
    nodes        = number
    tier         = string
    disk_gb      = number
    ha           = bool
  }))
  default = {
    staging    = { machine_type = "e2-standard-2", nodes = 1, tier = "db-custom-1-3840", disk_gb = 20, ha = false }
    production = { machine_type = "n2-standard-4", nodes = 3, tier = "db-custom-4-15360", disk_gb = 200, ha = true }
  }
}

data "google_compute_zones" "all" {}

resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "env" {
  for_each      = var.environments
  name          = each.key
  network       = google_compute_network.main.id
  ip_cidr_range = cidrsubnet("10.8.0.0/13", 3, index(sort(keys(var.environments)), each.key))
  secondary_ip_range = [
    for at, name in ["pods", "services"] : {
      range_name    = "${each.key}-${name}"
      ip_cidr_range = cidrsubnet("172.16.0.0/12", 4, at)
    }
  ]
}
resource "google_compute_router" "nat" {
  name    = "nat"
  network = google_compute_network.main.id
  region  = var.region
}
resource "google_compute_router_nat" "nat" {
  name                               = "nat"
  router                             = google_compute_router.nat.name
  region                             = var.region
  nat_ip_allocate_option             = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
}

module "cluster" {
  source       = "./modules/cluster"
  for_each     = var.environments
  name         = each.key
  location     = data.google_compute_zones.all.names[0]
  network      = google_compute_network.main.id
  subnetwork   = google_compute_subnetwork.env[each.key].id
  machine_type = each.value.machine_type
  nodes        = each.value.nodes
}

module "sql" {
  source   = "./modules/sql"
  for_each = { for name, env in var.environments : name => { tier = env.tier, disk_gb = env.disk_gb, ha = env.ha } }
  name     = each.key
  region   = var.region
  settings = each.value
}

resource "google_storage_bucket" "assets" {
  for_each      = var.environments
  name          = "${var.project}-${each.key}-assets"
  location      = "EU"
  storage_class = "STANDARD"
}

output "clusters" { value = { for name, cluster in module.cluster : name => cluster.zone } }
