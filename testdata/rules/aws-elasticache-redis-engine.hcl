case "a primary and a replica" {
  resource "aws_elasticache_replication_group" "c" {
    replication_group_id = "c"
    engine               = "redis"
    engine_version       = "7.1"
    parameter_group_name = "default.redis7"
    node_type            = "cache.r6g.large"
    num_cache_clusters   = 2
  }
  finds = { "aws_elasticache_replication_group.c" = 2 * 730 * (0.206 - 0.1648) }
}

case "no engine means Redis OSS" {
  resource "aws_elasticache_replication_group" "c" {
    replication_group_id    = "c"
    node_type               = "cache.m6g.large"
    num_node_groups         = 3
    replicas_per_node_group = 1
  }
  finds = { "aws_elasticache_replication_group.c" = 3 * 2 * 730 * (0.149 - 0.1192) }
}

case "Valkey already" {
  resource "aws_elasticache_replication_group" "c" {
    replication_group_id = "c"
    engine               = "valkey"
    engine_version       = "8.0"
    node_type            = "cache.r6g.large"
    num_cache_clusters   = 2
  }
  finds = {}
}

case "too old to be upgraded in place" {
  resource "aws_elasticache_replication_group" "c" {
    replication_group_id = "c"
    engine               = "redis"
    engine_version       = "4.0.10"
    node_type            = "cache.r5.large"
    num_cache_clusters   = 2
  }
  finds = {}
}
