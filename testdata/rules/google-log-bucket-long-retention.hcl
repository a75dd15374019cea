case "a year, of a project and of an organization" {
  resource "google_logging_project_bucket_config" "b" {
    bucket_id      = "_Default"
    location       = "global"
    retention_days = 365
  }
  resource "google_logging_organization_bucket_config" "b" {
    bucket_id      = "all"
    location       = "global"
    retention_days = 365
  }
  finds = {
    "google_logging_project_bucket_config.b"      = null
    "google_logging_organization_bucket_config.b" = null
  }
}

case "a month, by number or by default, and the audit logs that are free" {
  resource "google_logging_project_bucket_config" "month" {
    bucket_id      = "_Default"
    location       = "global"
    retention_days = 30
  }
  resource "google_logging_project_bucket_config" "default" {
    bucket_id = "_Default"
    location  = "global"
  }
  resource "google_logging_project_bucket_config" "required" {
    bucket_id      = "_Required"
    location       = "global"
    retention_days = 400
  }
  finds = {}
}
