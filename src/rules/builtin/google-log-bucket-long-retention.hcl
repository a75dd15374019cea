rule "google-log-bucket-long-retention" {
  title = "Logs kept beyond what their price includes"
  on = [
    "google_logging_project_bucket_config",
    "google_logging_folder_bucket_config",
    "google_logging_organization_bucket_config",
    "google_logging_billing_account_bucket_config",
  ]
  severity = "note"

  let {
    days = coalesce(known(self.retention_days, null), 30)
  }

  when    = days > 30 && self.bucket_id != "_Required"
  message = "this log bucket keeps logs for ${days} days; 30 are included, and each further month is charged by the GB, which the price here is without"

  docs {
    what       = "A log bucket with `retention_days` above 30, other than `_Required`, whose 400 days are free and fixed."
    why        = "The price of ingestion includes 30 days. Beyond that every GB costs again every month: logs of a year come to a fifth more than their ingestion did. A sink to a bucket of the Coldline or Archive class keeps them for less."
    ignore     = "Where logs must be kept in a form that can be queried at once. Audit logs that must be kept need a bucket of their own rather than a long time for all."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://cloud.google.com/stackdriver/pricing"
  }
}
