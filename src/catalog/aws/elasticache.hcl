# The operation of the price list by engine.
table "elasticache_operations" {
  rows = {
    "memcached" = "CreateCacheCluster:0001"
    "redis"     = "CreateCacheCluster:0002"
    "valkey"    = "CreateCacheCluster:Valkey"
  }
}

template "elasticache_nodes" {
  input "node_type" { type = string }
  input "engine" {
    type    = string
    default = "redis"
  }
  input "nodes" { type = number }
  input "remark" { type = string }
  input "retention_days" {
    type    = number
    default = 0
  }

  usage {
    # GB of one snapshot of the data.
    snapshot_storage_size_gb = null
  }

  component "ElastiCache" {
    detail   = remark == null ? "on-demand, ${node_type}" : "on-demand, ${node_type}, ${remark}"
    unit     = "hours"
    quantity = 730 * nodes
    price {
      service    = "AmazonElastiCache"
      usage_type = "NodeUsage:${node_type}"
      operation  = table.elasticache_operations[engine]
    }
  }

  component "Backup storage" {
    unit     = "GB"
    quantity = usage.snapshot_storage_size_gb * (retention_days - 1)
    when     = engine != "memcached" && retention_days > 1
    note     = "One snapshot of a cluster is free."
    price {
      service    = "AmazonElastiCache"
      usage_type = "ElastiCache:BackupUsage"
    }
  }
}

resource "aws_elasticache_cluster" {
  docs = "https://aws.amazon.com/elasticache/pricing/"

  let {
    # A node that joins a group is like the group's nodes.
    group = ref("replication_group_id", "aws_elasticache_replication_group")
  }

  use "elasticache_nodes" {
    node_type      = known(self.node_type, known(group.node_type, self.node_type))
    engine         = known(self.engine, known(group.engine, "redis"))
    nodes          = known(self.num_cache_nodes, 1)
    retention_days = known(self.snapshot_retention_limit, 0)
  }

  example "memcached with three nodes" {
    self   = { engine = "memcached", node_type = "cache.m4.large", num_cache_nodes = 3 }
    expect = { "ElastiCache" = 2190 }
  }

  example "redis with two days of snapshots" {
    self   = { engine = "redis", node_type = "cache.m6g.12xlarge", num_cache_nodes = 1, snapshot_retention_limit = 2 }
    usage  = { snapshot_storage_size_gb = 235 }
    expect = { "ElastiCache" = 730, "Backup storage" = 235 }
  }

  example "a node of a group" {
    self   = { replication_group_id = "group" }
    refs   = { "replication_group_id" = { engine = "valkey", node_type = "cache.r6g.large" } }
    expect = { "ElastiCache" = 730 }
  }
}

resource "aws_elasticache_replication_group" {
  docs = "https://aws.amazon.com/elasticache/pricing/"

  let {
    # A secondary of a global datastore has the primary's nodes.
    global_group   = ref("global_replication_group_id", "aws_elasticache_global_replication_group")
    node_type      = known(self.node_type, known(global_group.cache_node_type, self.node_type))
    shards         = coalesce(known(self.num_node_groups, null), known(self.cluster_mode[0].num_node_groups, null))
    replicas       = coalesce(known(self.replicas_per_node_group, null), known(self.cluster_mode[0].replicas_per_node_group, null), 0)
    clusters       = coalesce(known(self.num_cache_clusters, null), known(self.number_cache_clusters, null), 1)
    targets        = referrers("aws_appautoscaling_target", "resource_id")
    least_shards   = [for target in targets : target.min_capacity if target.scalable_dimension == "elasticache:replication-group:NodeGroups"]
    least_replicas = [for target in targets : target.min_capacity if target.scalable_dimension == "elasticache:replication-group:Replicas"]
    is_autoscaled  = length(least_shards) + length(least_replicas) > 0
    all_shards     = length(least_shards) > 0 ? least_shards[0] : shards
    all_replicas   = length(least_replicas) > 0 ? least_replicas[0] : replicas
  }

  use "elasticache_nodes" {
    node_type      = node_type
    engine         = known(self.engine, "redis")
    nodes          = all_shards != null ? all_shards * (all_replicas + 1) : clusters
    remark         = is_autoscaled ? "autoscaling" : null
    retention_days = known(self.snapshot_retention_limit, 0)
  }

  example "shards with replicas" {
    self   = { node_type = "cache.m4.large", num_node_groups = 3, replicas_per_node_group = 2 }
    expect = { "ElastiCache" = 6570 }
  }

  example "primary and replica, older attribute names" {
    self   = { engine = "redis", node_type = "cache.r5.4xlarge", number_cache_clusters = 2, snapshot_retention_limit = 5 }
    expect = { "ElastiCache" = 1460, "Backup storage" = null }
  }

  example "shards in a block" {
    self   = { engine = "valkey", node_type = "cache.r6g.large", cluster_mode = [{ num_node_groups = 2, replicas_per_node_group = 1 }] }
    expect = { "ElastiCache" = 2920 }
  }

  example "autoscaled shards start at the least" {
    self      = { node_type = "cache.m4.large", num_node_groups = 1, replicas_per_node_group = 1 }
    referrers = {
      "aws_appautoscaling_target.resource_id" = [
        { min_capacity = 4, scalable_dimension = "elasticache:replication-group:NodeGroups" },
      ]
    }
    expect = { "ElastiCache" = 5840 }
  }
}
