case "by revision, by service, and as the older resource says it" {
  project = "shop-staging"
  resource "google_cloud_run_v2_service" "revision" {
    location = "us-central1"
    template {
      scaling {
        min_instance_count = 1
      }
    }
  }
  resource "google_cloud_run_v2_service" "service" {
    location = "us-central1"
    scaling {
      min_instance_count = 2
    }
    template {}
  }
  resource "google_cloud_run_service" "older" {
    location = "us-central1"
    template {
      metadata {
        annotations = { "autoscaling.knative.dev/minScale" = "1" }
      }
    }
  }
  finds = {
    "google_cloud_run_v2_service.revision" = null
    "google_cloud_run_v2_service.service"  = null
    "google_cloud_run_service.older"       = null
  }
}

case "down to nothing" {
  project = "shop-staging"
  resource "google_cloud_run_v2_service" "none" {
    location = "us-central1"
    template {}
  }
  resource "google_cloud_run_v2_service" "zero" {
    location = "us-central1"
    template {
      scaling {
        min_instance_count = 0
        max_instance_count = 4
      }
    }
  }
  resource "google_cloud_run_service" "older" {
    location = "us-central1"
    template {
      metadata {
        annotations = { "autoscaling.knative.dev/maxScale" = "4" }
      }
    }
  }
  finds = {}
}

case "production is to answer at once" {
  project = "shop-production"
  resource "google_cloud_run_v2_service" "s" {
    location = "us-central1"
    template {
      scaling {
        min_instance_count = 1
      }
    }
  }
  finds = {}
}
