case "one node a zone is three" {
  project = "shop-dev"
  resource "google_container_cluster" "c" {
    name                     = "c"
    location                 = "us-central1"
    remove_default_node_pool = true
    initial_node_count       = 1
  }
  resource "google_container_node_pool" "pool" {
    cluster    = google_container_cluster.c.name
    location   = "us-central1"
    node_count = 1
    node_config {
      machine_type = "e2-standard-4"
      disk_size_gb = 50
      disk_type    = "pd-standard"
    }
  }
  finds = { "google_container_node_pool.pool" = 2 * (730 * (4 * 0.02181159 + 16 * 0.00292353) + 50 * 0.04) }
}

case "one zone of a region, by pool or by cluster" {
  project = "shop-dev"
  resource "google_container_cluster" "c" {
    name                     = "c"
    location                 = "us-central1"
    node_locations           = ["us-central1-a"]
    remove_default_node_pool = true
    initial_node_count       = 1
  }
  resource "google_container_node_pool" "a" {
    cluster    = google_container_cluster.c.name
    location   = "us-central1"
    node_count = 1
  }
  resource "google_container_node_pool" "b" {
    location       = "us-central1"
    node_locations = ["us-central1-a"]
    node_count     = 1
  }
  resource "google_container_node_pool" "c" {
    location   = "us-central1-a"
    node_count = 1
  }
  finds = {}
}

case "production spans its region" {
  project = "shop-prod"
  resource "google_container_node_pool" "pool" {
    location   = "us-central1"
    node_count = 1
  }
  finds = {}
}
