case "in a sandbox" {
  project = "team-sandbox"
  resource "google_sql_database_instance" "db" {
    database_version = "POSTGRES_17"
    settings {
      edition = "ENTERPRISE_PLUS"
      tier    = "db-perf-optimized-N-2"
    }
  }
  finds = { "google_sql_database_instance.db" = null }
}

case "Enterprise, by name or by default" {
  project = "team-sandbox"
  resource "google_sql_database_instance" "named" {
    database_version = "MYSQL_8_4"
    settings {
      edition = "ENTERPRISE"
      tier    = "db-custom-2-7680"
    }
  }
  resource "google_sql_database_instance" "default" {
    database_version = "POSTGRES_15"
    settings {
      tier = "db-custom-2-7680"
    }
  }
  finds = {}
}

case "production" {
  project = "shop-production"
  resource "google_sql_database_instance" "db" {
    database_version = "POSTGRES_17"
    settings {
      edition = "ENTERPRISE_PLUS"
      tier    = "db-perf-optimized-N-2"
    }
  }
  finds = {}
}
