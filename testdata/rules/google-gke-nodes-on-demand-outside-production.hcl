case "three nodes in staging; their disks cost the same" {
  project = "shop-staging"
  resource "google_container_node_pool" "pool" {
    location   = "us-central1"
    node_count = 1
    node_config {
      machine_type = "e2-standard-4"
    }
  }
  finds = { "google_container_node_pool.pool" = 3 * 730 * (4 * (0.02181159 - 0.01309) + 16 * (0.00292353 - 0.001754)) }
}

case "spot already, and in production" {
  project = "shop-staging"
  resource "google_container_node_pool" "spot" {
    location = "us-central1"
    node_config {
      machine_type = "e2-standard-4"
      spot         = true
    }
  }
  resource "google_container_node_pool" "preemptible" {
    location = "us-central1"
    node_config {
      machine_type = "e2-standard-4"
      preemptible  = true
    }
  }
  finds = {}
}

case "production keeps its nodes" {
  project = "shop-production"
  resource "google_container_node_pool" "pool" {
    location = "us-central1"
    node_config {
      machine_type = "e2-standard-4"
    }
  }
  finds = {}
}
