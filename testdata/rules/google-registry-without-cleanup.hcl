case "no policy, only one that keeps, and a dry run" {
  resource "google_artifact_registry_repository" "none" {
    format = "DOCKER"
  }
  resource "google_artifact_registry_repository" "keeps" {
    format = "DOCKER"
    cleanup_policies {
      id     = "keep"
      action = "KEEP"
      most_recent_versions {
        keep_count = 5
      }
    }
  }
  resource "google_artifact_registry_repository" "dry" {
    format                 = "DOCKER"
    cleanup_policy_dry_run = true
    cleanup_policies {
      id     = "old"
      action = "DELETE"
      condition {
        older_than = "2592000s"
      }
    }
  }
  finds = {
    "google_artifact_registry_repository.none"  = null
    "google_artifact_registry_repository.keeps" = null
    "google_artifact_registry_repository.dry"   = null
  }
}

case "old ones go, and a virtual one stores nothing" {
  resource "google_artifact_registry_repository" "cleaned" {
    format = "DOCKER"
    cleanup_policies {
      id     = "old"
      action = "DELETE"
      condition {
        older_than = "2592000s"
      }
    }
  }
  resource "google_artifact_registry_repository" "virtual" {
    format = "DOCKER"
    mode   = "VIRTUAL_REPOSITORY"
  }
  finds = {}
}
