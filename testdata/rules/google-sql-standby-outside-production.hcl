case "a standby in staging costs as much as the instance" {
  project = "shop-staging"
  resource "google_sql_database_instance" "db" {
    database_version = "POSTGRES_16"
    region           = "us-central1"
    settings {
      tier              = "db-custom-2-7680"
      availability_type = "REGIONAL"
      disk_size         = 100
    }
  }
  usage = { "google_sql_database_instance.db" = { backup_storage_gb = 10 } }
  finds = { "google_sql_database_instance.db" = 730 * 2 * (0.0826 - 0.0413) + 730 * 7.5 * (0.014 - 0.007) + 100 * (0.34 - 0.17) }
}

case "production keeps its standby" {
  project = "shop-production"
  resource "google_sql_database_instance" "db" {
    database_version = "POSTGRES_16"
    region           = "us-central1"
    settings {
      tier              = "db-custom-2-7680"
      availability_type = "REGIONAL"
    }
  }
  finds = {}
}

case "nothing tells what it is" {
  resource "google_sql_database_instance" "db" {
    database_version = "POSTGRES_16"
    region           = "us-central1"
    settings {
      tier              = "db-custom-2-7680"
      availability_type = "REGIONAL"
    }
  }
  finds = {}
}

case "one zone already" {
  project = "shop-staging"
  resource "google_sql_database_instance" "db" {
    database_version = "POSTGRES_16"
    region           = "us-central1"
    settings {
      tier = "db-custom-2-7680"
    }
  }
  finds = {}
}
