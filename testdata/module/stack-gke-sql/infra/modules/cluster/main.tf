variable "name" { type = string }
variable "location" { type = string }
variable "network" { type = string }
variable "subnetwork" { type = string }
variable "machine_type" { type = string }
variable "nodes" {
  type    = number
  default = 1
}

resource "google_container_cluster" "this" {
  name                     = var.name
  location                 = var.location
  network                  = var.network
  subnetwork               = var.subnetwork
  remove_default_node_pool = true
  initial_node_count       = 1
}
resource "google_container_node_pool" "main" {
  name       = "${var.name}-main"
  cluster    = google_container_cluster.this.id
  location   = google_container_cluster.this.location
  node_count = var.nodes
  node_config {
    machine_type = var.machine_type
    disk_size_gb = 100
    disk_type    = "pd-balanced"
  }
}

output "zone" { value = google_container_cluster.this.location }
