rule "aws-elasticache-extended-support" {
  title    = "Redis OSS version in extended support"
  on       = ["aws_elasticache_cluster", "aws_elasticache_replication_group"]
  severity = "warning"

  # The first day of charges for Extended Support by major version.
  table "charged_from" {
    rows = {
      "4" = "2026-02-01"
      "5" = "2026-02-01"
      "6" = "2027-02-01"
    }
  }

  let {
    # A single cluster has to name its engine; a replication group without one runs Redis OSS.
    engine     = type == "aws_elasticache_cluster" ? self.engine : known(self.engine, "redis")
    from       = table.charged_from[split(".", self.engine_version)[0]]
    is_charged = timecmp("${today}T00:00:00Z", "${from}T00:00:00Z") >= 0
  }

  when    = engine == "redis" && is_charged
  message = "Redis OSS ${self.engine_version} is in extended support since ${from}: each node hour has a surcharge of 80 %, in the third year of 160 %"

  docs {
    what       = "An ElastiCache cluster or replication group with a major version of Redis OSS whose standard support has ended."
    why        = "Extended Support begins by itself and adds a surcharge to every node hour. Valkey or a newer Redis OSS has none."
    ignore     = "Where the cache goes soon."
    confidence = "high"
    effort     = "medium"
    restart    = true
    rollback   = false
    url        = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/extended-support.html"
  }
}
