case "versions without a rule, and with one for live objects alone" {
  resource "google_storage_bucket" "none" {
    name     = "none"
    location = "us-central1"
    versioning {
      enabled = true
    }
  }
  resource "google_storage_bucket" "live" {
    name     = "live"
    location = "us-central1"
    versioning {
      enabled = true
    }
    lifecycle_rule {
      action {
        type = "Delete"
      }
      condition {
        age        = 30
        with_state = "LIVE"
      }
    }
  }
  finds = {
    "google_storage_bucket.none" = null
    "google_storage_bucket.live" = null
  }
}

case "the newest three are kept, and nothing is versioned" {
  resource "google_storage_bucket" "three" {
    name     = "three"
    location = "us-central1"
    versioning {
      enabled = true
    }
    lifecycle_rule {
      action {
        type = "Delete"
      }
      condition {
        num_newer_versions = 3
        with_state         = "ARCHIVED"
      }
    }
  }
  resource "google_storage_bucket" "off" {
    name     = "off"
    location = "us-central1"
    versioning {
      enabled = false
    }
  }
  finds = {}
}
