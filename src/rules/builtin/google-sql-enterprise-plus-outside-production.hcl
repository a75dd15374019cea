rule "google-sql-enterprise-plus-outside-production" {
  title    = "Enterprise Plus database outside production"
  on       = "google_sql_database_instance"
  severity = "warning"

  let {
    settings = known(self.settings, [])[0]
  }

  when    = production == false && settings.edition == "ENTERPRISE_PLUS"
  message = "this ${coalesce(settings.tier, "instance")} outside production is of the edition Enterprise Plus; Enterprise costs about a quarter less by the vCPU and GB"

  docs {
    what       = "A Cloud SQL instance with `edition = \"ENTERPRISE_PLUS\"` whose module, project or tags say that it is not production."
    why        = "Enterprise Plus has dearer vCPUs and memory, and a data cache that is charged too. It gives an SLA of 99.99 %, maintenance within a second and logs for 35 days, which a test environment seldom needs."
    ignore     = "Where production runs on Enterprise Plus and its speed or its data cache is what is tested. The edition is changed in place together with `tier`: Enterprise has shapes of its own, such as db-custom-2-13312, with at most 6.5 GB for a vCPU."
    confidence = "high"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://cloud.google.com/sql/docs/mysql/editions-intro"
  }
}
