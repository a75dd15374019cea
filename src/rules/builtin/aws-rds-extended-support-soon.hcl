rule "aws-rds-extended-support-soon" {
  title    = "Database version that leaves standard support within months"
  on       = ["aws_db_instance", "aws_rds_cluster"]
  severity = "note"

  # Half a year before the charges for Extended Support begin, and the day on which they do.
  table "version" {
    rows = {
      "mysql:8.0"            = { notice = "2026-02-01", from = "2026-08-01" }
      "mysql:8.4"            = { notice = "2029-02-01", from = "2029-08-01" }
      "postgres:13"          = { notice = "2025-09-01", from = "2026-03-01" }
      "postgres:14"          = { notice = "2026-09-01", from = "2027-03-01" }
      "postgres:15"          = { notice = "2027-09-01", from = "2028-03-01" }
      "postgres:16"          = { notice = "2028-09-01", from = "2029-03-01" }
      "aurora-mysql:8.0"     = { notice = "2027-11-01", from = "2028-05-01" }
      "aurora-postgresql:13" = { notice = "2025-09-01", from = "2026-03-01" }
      "aurora-postgresql:14" = { notice = "2026-09-01", from = "2027-03-01" }
      "aurora-postgresql:15" = { notice = "2027-09-01", from = "2028-03-01" }
      "aurora-postgresql:16" = { notice = "2028-09-01", from = "2029-03-01" }
    }
  }

  let {
    numbers = split(".", self.engine_version)
    minor   = try("${self.engine}:${numbers[0]}.${numbers[1]}", null)
    major   = "${self.engine}:${numbers[0]}"
    found   = coalesce(table.version[minor], table.version[major], { notice = null, from = null })
    is_near    = timecmp("${today}T00:00:00Z", "${found.notice}T00:00:00Z") >= 0
    is_charged = timecmp("${today}T00:00:00Z", "${found.from}T00:00:00Z") >= 0
    opted      = known(self.engine_lifecycle_support, "open-source-rds-extended-support")
  }

  when    = found.from != null && is_near && !is_charged && opted == "open-source-rds-extended-support"
  message = "${self.engine} ${self.engine_version} is in standard support until ${found.from}; from then on every vCPU is charged by the hour"

  docs {
    what       = "An RDS instance or an Aurora cluster of a major version whose standard support ends within six months."
    why        = "Extended Support begins by itself and is charged for every vCPU and hour, of standbys and replicas too. An upgrade planned now costs nothing of it."
    ignore     = "Where the database goes before that day."
    confidence = "high"
    effort     = "high"
    restart    = true
    rollback   = false
    url        = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html"
  }
}
