case "version 5" {
  resource "aws_elasticache_replication_group" "c" {
    replication_group_id = "c"
    engine               = "redis"
    engine_version       = "5.0.6"
    node_type            = "cache.m5.large"
    num_cache_clusters   = 2
  }
  finds = { "aws_elasticache_replication_group.c" = null }
}

case "the last day of standard support" {
  today = "2026-01-31"
  resource "aws_elasticache_cluster" "c" {
    cluster_id      = "c"
    engine          = "redis"
    engine_version  = "5.0.6"
    node_type       = "cache.m5.large"
    num_cache_nodes = 1
  }
  finds = {}
}

case "version 7" {
  resource "aws_elasticache_cluster" "c" {
    cluster_id      = "c"
    engine          = "redis"
    engine_version  = "7.1"
    node_type       = "cache.m5.large"
    num_cache_nodes = 1
  }
  finds = {}
}

case "memcached has no such thing" {
  resource "aws_elasticache_cluster" "c" {
    cluster_id      = "c"
    engine          = "memcached"
    engine_version  = "1.6.22"
    node_type       = "cache.m5.large"
    num_cache_nodes = 1
  }
  finds = {}
}
