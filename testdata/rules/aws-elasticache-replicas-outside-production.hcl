case "two replicas in development" {
  resource "aws_elasticache_replication_group" "c" {
    replication_group_id       = "c"
    engine                     = "redis"
    node_type                  = "cache.r6g.large"
    num_cache_clusters         = 3
    automatic_failover_enabled = true
    tags                       = { env = "dev" }
  }
  finds = { "aws_elasticache_replication_group.c" = (3 - 1) * 730 * 0.206 }
}

case "a replica for each of two shards" {
  resource "aws_elasticache_replication_group" "c" {
    replication_group_id    = "c"
    engine                  = "redis"
    node_type               = "cache.r6g.large"
    num_node_groups         = 2
    replicas_per_node_group = 1
    tags                    = { env = "dev" }
  }
  finds = { "aws_elasticache_replication_group.c" = 2 * 730 * 0.206 }
}

case "shards in a block" {
  resource "aws_elasticache_replication_group" "c" {
    replication_group_id = "c"
    engine               = "redis"
    node_type            = "cache.r6g.large"
    tags                 = { env = "dev" }
    cluster_mode {
      num_node_groups         = 2
      replicas_per_node_group = 2
    }
  }
  finds = { "aws_elasticache_replication_group.c" = 2 * 2 * 730 * 0.206 }
}

case "one node" {
  resource "aws_elasticache_replication_group" "c" {
    replication_group_id = "c"
    engine               = "redis"
    node_type            = "cache.r6g.large"
    num_cache_clusters   = 1
    tags                 = { env = "dev" }
  }
  finds = {}
}

case "production" {
  resource "aws_elasticache_replication_group" "c" {
    replication_group_id = "c"
    engine               = "redis"
    node_type            = "cache.r6g.large"
    num_cache_clusters   = 3
    tags                 = { env = "production" }
  }
  finds = {}
}
