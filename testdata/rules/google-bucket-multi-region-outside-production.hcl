case "1,000 GB in development; operations cost the same" {
  resource "google_storage_bucket" "b" {
    name     = "b"
    location = "US"
    labels   = { environment = "dev" }
  }
  usage = { "google_storage_bucket.b" = { storage_gb = 1000 } }
  finds = { "google_storage_bucket.b" = 1000 * (0.026 - 0.02) }
}

case "nobody says how much, in the EU" {
  resource "google_storage_bucket" "b" {
    name     = "b"
    location = "EU"
    labels   = { environment = "dev" }
  }
  finds = { "google_storage_bucket.b" = null }
}

case "a region, and production" {
  resource "google_storage_bucket" "region" {
    name     = "region"
    location = "us-central1"
    labels   = { environment = "dev" }
  }
  resource "google_storage_bucket" "production" {
    name     = "production"
    location = "EU"
    labels   = { environment = "production" }
  }
  finds = {}
}
