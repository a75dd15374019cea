case "a schedule without retention" {
  resource "google_compute_resource_policy" "nightly" {
    name = "nightly"
    snapshot_schedule_policy {
      schedule {
        daily_schedule {
          days_in_cycle = 1
          start_time    = "04:00"
        }
      }
    }
  }
  finds = { "google_compute_resource_policy.nightly" = null }
}

case "kept for two weeks, and no schedule of snapshots" {
  resource "google_compute_resource_policy" "nightly" {
    name = "nightly"
    snapshot_schedule_policy {
      schedule {
        daily_schedule {
          days_in_cycle = 1
          start_time    = "04:00"
        }
      }
      retention_policy {
        max_retention_days = 14
      }
    }
  }
  resource "google_compute_resource_policy" "office" {
    name = "office"
    instance_schedule_policy {
      time_zone = "Europe/Berlin"
    }
  }
  finds = {}
}
