case "no rule" {
  resource "google_storage_bucket" "b" {
    name     = "b"
    location = "us-central1"
  }
  finds = { "google_storage_bucket.b" = null }
}

case "a rule, and Autoclass" {
  resource "google_storage_bucket" "rule" {
    name     = "rule"
    location = "us-central1"
    lifecycle_rule {
      action {
        type = "Delete"
      }
      condition {
        age = 90
      }
    }
  }
  resource "google_storage_bucket" "autoclass" {
    name     = "autoclass"
    location = "us-central1"
    autoclass {
      enabled = true
    }
  }
  finds = {}
}

case "Autoclass switched off" {
  resource "google_storage_bucket" "b" {
    name     = "b"
    location = "us-central1"
    autoclass {
      enabled = false
    }
  }
  finds = { "google_storage_bucket.b" = null }
}
