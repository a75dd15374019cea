rule "azure-redis-replica-outside-production" {
  title    = "Replicated cache outside production"
  on       = ["azurerm_redis_cache", "azurerm_managed_redis"]
  severity = "warning"

  # Premium sizes and those of Basic with as much memory.
  table "basic" {
    rows = {
      "1" = 3
      "2" = 4
      "3" = 5
      "4" = 6
    }
  }

  let {
    is_managed = type == "azurerm_managed_redis"
    is_premium = self.sku_name == "Premium"
    keeps_data = self.redis_configuration[0].rdb_backup_enabled == true || self.redis_configuration[0].aof_backup_enabled == true
    # Shards, networks and copies on disk are Premium's own.
    is_bound   = is_premium && (known(self.shard_count, 0) > 1 || ref("subnet_id") != null || known(self.subnet_id, "") != "" || keeps_data)
    capacity   = is_premium ? table.basic[tostring(self.capacity)] : self.capacity
    # Replication between regions wants a replica in each.
    is_spread  = known(self.default_database[0].geo_replication_group_name, "") != ""
    is_found   = is_managed ? self.high_availability_enabled != false && !is_spread : contains(["Standard", "Premium"], self.sku_name) && !is_bound && capacity != null
  }

  when = production == false && is_found
  instead = is_managed ? { high_availability_enabled = false } : merge(
    { sku_name = "Basic", family = "C", capacity = capacity },
    is_premium ? { shard_count = null, replicas_per_primary = null, replicas_per_master = null, zones = null } : {},
  )
  message = is_managed ? "this ${self.sku_name} outside production runs twice for availability; without, it costs half" : "this ${self.sku_name} cache outside production has a replica; Basic of the same size runs once, for less than half"

  docs {
    what       = "An Azure Managed Redis with high availability, or an Azure Cache for Redis of the tier Standard or Premium, whose tags, module or project say that it is not production."
    why        = "Every node with a replica is paid for twice. What a cache loses when its only node restarts, it is filled with again."
    ignore     = "Where the data are no copy of others, as with queues and sessions that have to outlive a restart, or where failover is tested. The cache is made anew for it."
    confidence = "high"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://learn.microsoft.com/azure/reliability/reliability-managed-redis"
  }
}
