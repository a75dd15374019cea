rule "aws-rds-extended-support" {
  title    = "Database version in extended support"
  on       = ["aws_db_instance", "aws_rds_cluster"]
  severity = "warning"

  # The first day of charges for Extended Support, and the version to go to.
  table "version" {
    rows = {
      "mysql:5.7"            = { from = "2024-03-01", next = "8.4" }
      "mysql:8.0"            = { from = "2026-08-01", next = "8.4" }
      "postgres:11"          = { from = "2024-04-01", next = "17" }
      "postgres:12"          = { from = "2025-03-01", next = "17" }
      "postgres:13"          = { from = "2026-03-01", next = "17" }
      "postgres:14"          = { from = "2027-03-01", next = "17" }
      "aurora-mysql:5.7"     = { from = "2024-12-01", next = "8.0" }
      "aurora-mysql:8.0"     = { from = "2028-05-01", next = null }
      "aurora-postgresql:11" = { from = "2024-04-01", next = "17" }
      "aurora-postgresql:12" = { from = "2025-03-01", next = "17" }
      "aurora-postgresql:13" = { from = "2026-03-01", next = "17" }
      "aurora-postgresql:14" = { from = "2027-03-01", next = "17" }
    }
  }

  let {
    numbers = split(".", self.engine_version)
    minor   = try("${self.engine}:${numbers[0]}.${numbers[1]}", null)
    major   = "${self.engine}:${numbers[0]}"
    found   = coalesce(table.version[minor], table.version[major], { from = null, next = null })
    is_charged = timecmp("${today}T00:00:00Z", "${found.from}T00:00:00Z") >= 0
    opted      = known(self.engine_lifecycle_support, "open-source-rds-extended-support")
  }

  when    = found.next != null && is_charged && opted == "open-source-rds-extended-support"
  instead = { engine_version = found.next, allow_major_version_upgrade = true }
  message = "${self.engine} ${self.engine_version} is in extended support since ${found.from}, which is charged by the vCPU and hour"

  docs {
    what       = "An RDS instance or an Aurora cluster of a major version whose standard support has ended."
    why        = "From the end of standard support on, Extended Support costs an hourly price for every vCPU, of standbys and replicas too; in its third year it doubles. It often costs more than half of what the instance does."
    ignore     = "Nowhere for long: after three years AWS upgrades the database itself. Test the application and its extensions with the new version first; MySQL 5.7 goes by way of 8.0."
    confidence = "high"
    effort     = "high"
    restart    = true
    rollback   = false
    url        = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html"
  }
}
