rule "google-sql-extended-support" {
  title    = "Database version in extended support"
  on       = "google_sql_database_instance"
  severity = "warning"

  # The first day of charges. What went out of support on 2025-02-01 was free of them for three months.
  table "charged_from" {
    rows = {
      MYSQL_5_6    = "2025-05-01"
      MYSQL_5_7    = "2025-05-01"
      MYSQL_8_0    = "2026-07-01"
      POSTGRES_9_6 = "2025-05-01"
      POSTGRES_10  = "2025-05-01"
      POSTGRES_11  = "2025-05-01"
      POSTGRES_12  = "2025-05-01"
      POSTGRES_13  = "2026-02-01"
      POSTGRES_14  = "2027-02-01"
      POSTGRES_15  = "2028-02-01"
    }
  }

  let {
    # MYSQL_8_0_36 pins a minor version too.
    major = try(regex("^(MYSQL_[0-9]+_[0-9]+|POSTGRES_9_6|POSTGRES_[0-9]+)", self.database_version)[0], null)
    from  = table.charged_from[major]
  }

  when    = from != null && timecmp("${today}T00:00:00Z", "${from}T00:00:00Z") >= 0
  message = "${self.database_version} is in extended support, charged by the vCPU and hour since ${from}; the price here is without it"

  docs {
    what       = "A Cloud SQL instance for MySQL or PostgreSQL of a major version whose regular support has ended."
    why        = "From then on every vCPU of the instance, of its standby and of its replicas has an hourly price for extended support besides, which rises in the third year. The upgrade to a newer major version ends it."
    ignore     = "Nowhere for long: after three years the version is deprecated. Test the application, its drivers and extensions with the new version first."
    confidence = "high"
    effort     = "high"
    restart    = true
    rollback   = false
    url        = "https://cloud.google.com/sql/docs/postgres/extended-support"
  }
}
