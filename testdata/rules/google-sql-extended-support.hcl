case "MySQL 8.0 since July 2026, PostgreSQL 13 since February, and a minor version" {
  resource "google_sql_database_instance" "mysql" {
    database_version = "MYSQL_8_0"
    settings {
      tier = "db-custom-2-7680"
    }
  }
  resource "google_sql_database_instance" "minor" {
    database_version = "MYSQL_8_0_36"
    settings {
      tier = "db-custom-2-7680"
    }
  }
  resource "google_sql_database_instance" "postgres" {
    database_version = "POSTGRES_13"
    settings {
      tier = "db-custom-2-7680"
    }
  }
  finds = {
    "google_sql_database_instance.mysql"    = null
    "google_sql_database_instance.minor"    = null
    "google_sql_database_instance.postgres" = null
  }
}

case "the day before the first charge" {
  today = "2026-06-30"
  resource "google_sql_database_instance" "mysql" {
    database_version = "MYSQL_8_0"
    settings {
      tier = "db-custom-2-7680"
    }
  }
  finds = {}
}

case "in regular support, or never charged for it" {
  resource "google_sql_database_instance" "mysql" {
    database_version = "MYSQL_8_4"
    settings {
      tier = "db-custom-2-7680"
    }
  }
  resource "google_sql_database_instance" "postgres" {
    database_version = "POSTGRES_17"
    settings {
      tier = "db-custom-2-7680"
    }
  }
  resource "google_sql_database_instance" "server" {
    database_version = "SQLSERVER_2017_STANDARD"
    settings {
      tier = "db-custom-2-7680"
    }
  }
  finds = {}
}
