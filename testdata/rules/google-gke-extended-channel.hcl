case "extended" {
  resource "google_container_cluster" "c" {
    name     = "c"
    location = "us-central1"
    release_channel {
      channel = "EXTENDED"
    }
  }
  finds = { "google_container_cluster.c" = null }
}

case "regular, and none said" {
  resource "google_container_cluster" "regular" {
    name     = "regular"
    location = "us-central1"
    release_channel {
      channel = "REGULAR"
    }
  }
  resource "google_container_cluster" "none" {
    name     = "none"
    location = "us-central1"
  }
  finds = {}
}
