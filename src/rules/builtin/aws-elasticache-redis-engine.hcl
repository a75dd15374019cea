rule "aws-elasticache-redis-engine" {
  title    = "Redis OSS where Valkey costs less"
  on       = "aws_elasticache_replication_group"
  severity = "warning"

  let {
    engine     = known(self.engine, "redis")
    major      = tonumber(split(".", known(self.engine_version, "7.1"))[0])
    parameters = known(self.parameter_group_name, "")
    # AWS's own parameter groups are named by the engine; others have to be made for Valkey.
    valkey_parameters = replace(parameters, "/redis[0-9](\\.x|\\.[0-9])?/", "valkey8")
  }

  when = engine == "redis" && self.node_type != null && major >= 5
  instead = merge(
    { engine = "valkey", engine_version = "8.0" },
    startswith(parameters, "default.redis") ? { parameter_group_name = valkey_parameters } : {},
  )
  message = "these ${self.node_type} nodes run Redis OSS; Valkey, which speaks its protocol, costs a fifth less on the same nodes"

  docs {
    what       = "An ElastiCache replication group with the engine Redis OSS, version 5 to 7."
    why        = "Valkey is the continuation of Redis OSS 7.2 under an open licence, with the same protocol and commands. ElastiCache sells its nodes for a fifth less, and upgrades running groups in place."
    ignore     = "Where reserved nodes for Redis OSS are still running, or a client has not been tried with Valkey. A parameter group of your own has to be made anew for the family of Valkey."
    confidence = "high"
    effort     = "low"
    restart    = true
    rollback   = false
    url        = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.HowTo.html"
  }
}
