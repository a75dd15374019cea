rule "aws-elasticache-replicas-outside-production" {
  title    = "Replicas of a cache outside production"
  on       = "aws_elasticache_replication_group"
  severity = "warning"

  let {
    shards     = coalesce(known(self.num_node_groups, null), known(self.cluster_mode[0].num_node_groups, null), 1)
    is_sharded = shards > 1
    replicas   = coalesce(known(self.replicas_per_node_group, null), 0)
    in_block   = coalesce(known(self.cluster_mode[0].replicas_per_node_group, null), 0)
    clusters   = coalesce(known(self.num_cache_clusters, null), 1)
    clusters_before_4 = coalesce(known(self.number_cache_clusters, null), 1)
    has_replicas = replicas > 0 || in_block > 0 || (!is_sharded && (clusters > 1 || clusters_before_4 > 1))
  }

  when = production == false && has_replicas
  # Shards need automatic failover to be on, a single primary without replicas needs it off.
  instead = merge(
    { multi_az_enabled = false },
    is_sharded ? {} : { automatic_failover_enabled = false },
    !is_sharded && clusters > 1 ? { num_cache_clusters = 1 } : {},
    !is_sharded && clusters_before_4 > 1 ? { number_cache_clusters = 1 } : {},
    replicas > 0 ? { replicas_per_node_group = 0 } : {},
    in_block > 0 ? { cluster_mode = [{ replicas_per_node_group = 0 }] } : {},
  )
  message = "this cache outside production has replicas, each at the price of its primary"

  docs {
    what       = "An ElastiCache replication group with replicas whose tags, module or project say that it is not production."
    why        = "A replica is a whole node. It is there for failover and for more reads, which a test environment seldom needs; a cache can be filled again."
    ignore     = "Where failover or reads from replicas are what is tested, or the cache holds data that exists nowhere else."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.html"
  }
}
