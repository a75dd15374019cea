case "three memcached nodes on m5" {
  resource "aws_elasticache_cluster" "c" {
    cluster_id      = "c"
    engine          = "memcached"
    node_type       = "cache.m5.large"
    num_cache_nodes = 3
  }
  finds = { "aws_elasticache_cluster.c" = 3 * 730 * (0.156 - 0.149) }
}

case "a primary and a replica on r5" {
  resource "aws_elasticache_replication_group" "c" {
    replication_group_id = "c"
    engine               = "redis"
    engine_version       = "7.1"
    node_type            = "cache.r5.large"
    num_cache_clusters   = 2
  }
  finds = { "aws_elasticache_replication_group.c" = 2 * 730 * (0.216 - 0.206) }
}

case "Graviton already" {
  resource "aws_elasticache_replication_group" "c" {
    replication_group_id = "c"
    node_type            = "cache.r6g.large"
    num_cache_clusters   = 2
  }
  finds = {}
}

case "a version too old for Graviton" {
  resource "aws_elasticache_cluster" "c" {
    cluster_id      = "c"
    engine          = "redis"
    engine_version  = "4.0.10"
    node_type       = "cache.m5.large"
    num_cache_nodes = 1
  }
  finds = {}
}

case "a size without a twin" {
  resource "aws_elasticache_cluster" "c" {
    cluster_id      = "c"
    engine          = "redis"
    node_type       = "cache.m5.24xlarge"
    num_cache_nodes = 1
  }
  finds = {}
}
