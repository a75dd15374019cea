rule "aws-elasticache-x86-node" {
  title    = "Cache on x86 nodes that have a Graviton twin"
  on       = ["aws_elasticache_cluster", "aws_elasticache_replication_group"]
  severity = "warning"

  # The twin with as many vCPUs and about as much memory that costs least.
  table "twin" {
    t2 = "t4g"
    t3 = "t4g"
    m3 = "m6g"
    m4 = "m6g"
    m5 = "m6g"
    r3 = "r6g"
    r4 = "r6g"
    r5 = "r6g"
  }

  table "sizes" {
    burstable = ["micro", "small", "medium"]
    others    = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"]
  }

  let {
    parts   = split(".", self.node_type)
    family  = parts[1]
    size    = parts[2]
    sizes   = startswith(family, "t") ? table.sizes.burstable : table.sizes.others
    twin    = "cache.${table.twin[family]}.${size}"
    engine  = coalesce(known(self.engine, "redis"), "redis")
    # Without a version the newest is taken.
    version = known(self.engine_version, "999")
    # Graviton runs Redis OSS from 5.0.6 and Memcached from 1.5.16 on; what is sure by the major number counts.
    is_able = engine == "redis" ? tonumber(split(".", version)[0]) >= 6 : (engine == "memcached" ? !startswith(version, "1.4") && !startswith(version, "1.5") : true)
  }

  when    = table.twin[family] != null && contains(sizes, size) && is_able
  instead = { node_type = twin }
  message = "${self.node_type} nodes have x86 processors; ${twin} nodes have as many vCPUs and about as much memory for less"

  docs {
    what       = "An ElastiCache cluster or replication group on T2, T3, M3, M4, M5, R3, R4 or R5 nodes, with an engine version that Graviton nodes run too."
    why        = "ElastiCache runs the engine, so that no program of yours changes its architecture. Graviton nodes of the same size cost less an hour and do more in it."
    ignore     = "Where reserved nodes of the x86 family are still running. Compare the memory of both nodes where the cache is nearly full: they differ by a few percent."
    confidence = "high"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html"
  }
}
