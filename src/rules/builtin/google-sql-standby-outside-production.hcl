rule "google-sql-standby-outside-production" {
  title    = "Standby of a database outside production"
  on       = "google_sql_database_instance"
  severity = "warning"

  let {
    settings = known(self.settings, [])[0]
  }

  when    = production == false && settings.availability_type == "REGIONAL"
  instead = { settings = [{ availability_type = "ZONAL" }] }
  message = "this ${coalesce(settings.tier, "instance")} outside production has a standby in a second zone, at twice the price"

  docs {
    what       = "A Cloud SQL instance with `availability_type = \"REGIONAL\"` whose module, project or tags say that it is not production."
    why        = "The standby serves no reads. It doubles the price of cores, memory and storage, for a failover within a minute or so that a test environment seldom needs."
    ignore     = "Where failover itself is tested, or where an outage of the environment stops many people at work."
    confidence = "high"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://cloud.google.com/sql/docs/mysql/high-availability"
  }
}
