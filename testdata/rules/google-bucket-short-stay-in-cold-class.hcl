case "deleted at 60 days from Coldline" {
  resource "google_storage_bucket" "logs" {
    name          = "logs"
    location      = "us-central1"
    storage_class = "COLDLINE"
    lifecycle_rule {
      action {
        type = "Delete"
      }
      condition {
        age = 60
      }
    }
  }
  finds = { "google_storage_bucket.logs" = null }
}

case "moved to Archive at 30 days, deleted at 180" {
  resource "google_storage_bucket" "logs" {
    name     = "logs"
    location = "us-central1"
    lifecycle_rule {
      action {
        type          = "SetStorageClass"
        storage_class = "ARCHIVE"
      }
      condition {
        age = 30
      }
    }
    lifecycle_rule {
      action {
        type = "Delete"
      }
      condition {
        age = 180
      }
    }
  }
  finds = { "google_storage_bucket.logs" = null }
}

case "long enough, another prefix, and versions alone" {
  resource "google_storage_bucket" "long" {
    name          = "long"
    location      = "us-central1"
    storage_class = "NEARLINE"
    lifecycle_rule {
      action {
        type = "Delete"
      }
      condition {
        age = 30
      }
    }
  }
  resource "google_storage_bucket" "prefix" {
    name     = "prefix"
    location = "us-central1"
    lifecycle_rule {
      action {
        type          = "SetStorageClass"
        storage_class = "COLDLINE"
      }
      condition {
        age            = 10
        matches_prefix = ["archive/"]
      }
    }
    lifecycle_rule {
      action {
        type = "Delete"
      }
      condition {
        age            = 20
        matches_prefix = ["tmp/"]
      }
    }
  }
  resource "google_storage_bucket" "versions" {
    name          = "versions"
    location      = "us-central1"
    storage_class = "ARCHIVE"
    lifecycle_rule {
      action {
        type = "Delete"
      }
      condition {
        age                = 10
        num_newer_versions = 5
      }
    }
  }
  finds = {}
}
