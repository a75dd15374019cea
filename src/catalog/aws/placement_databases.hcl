# Databases and caches of AWS that nothing else stands for, or that no list prices yet: what they need is known all the same.

workload "aws_dynamodb_table" {
  concept    = "kv-document"
  gb         = usage.storage_gb
  reads      = usage.monthly_read_request_units
  writes     = usage.monthly_write_request_units
  replicas   = length(known(self.replica, []))
  state_gb   = usage.storage_gb
  assumed_gb = 100
}

workload "aws_docdb_cluster" {
  concept    = "document-mongodb"
  engine     = "mongodb"
  version    = known(self.engine_version, null)
  assumed_gb = 100
}

workload "aws_docdb_cluster_instance" { part_of = ["cluster_identifier"] }

# Memory is what the cache may grow to; without a limit only the service knows.
workload "aws_elasticache_serverless_cache" {
  let {
    limit = known(self.cache_usage_limits, [])[0].data_storage[0]
  }
  concept    = known(self.engine, null) == "memcached" ? "cache-memcached" : "cache-redis"
  size       = "serverless"
  memory_gb  = known(limit.maximum, null)
  count      = 1
  engine     = known(self.engine, null)
  version    = known(self.major_engine_version, null)
  ha         = true
  state_gb   = 0
  assumed_gb = 200
}

# A node of MemoryDB gives as much to data as one of ElastiCache; its data is kept.
workload "aws_memorydb_cluster" {
  let {
    node_gb = table.elasticache_memory_gb["cache.${trimprefix(self.node_type, "db.")}"]
    shards  = coalesce(known(self.num_shards, null), 1)
    copies  = coalesce(known(self.num_replicas_per_shard, null), 1)
  }
  concept    = "cache-redis"
  size       = self.node_type
  memory_gb  = node_gb * shards
  count      = 1
  engine     = known(self.engine, "redis")
  version    = known(self.engine_version, null)
  ha         = copies > 0
  replicas   = copies
  state_gb   = node_gb * shards
  assumed_gb = 200
}

# A cluster's fee is of its control plane: nodes stand for themselves.
workload "aws_eks_cluster" {
  concept = "kubernetes-control"
  version = known(self.version, null)
  ha      = true
}

workload "aws_dsql_cluster" {
  concept    = "rdb-distributed"
  engine     = "postgres"
  assumed_gb = 100
}
