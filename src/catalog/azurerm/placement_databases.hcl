# Databases and caches of Azure that nothing else stands for yet, or only in part: what they need is known all the same.

# A vCore of the fifth generation comes with 5.1 GB. https://learn.microsoft.com/azure/azure-sql/database/resource-limits-vcore-single-databases
workload "azurerm_mssql_database" {
  let {
    sku       = known(self.sku_name, "GP_Gen5_2")
    words     = split("_", sku)
    is_vcore  = length(words) > 2
    vcores    = is_vcore ? tonumber(words[length(words) - 1]) : null
    is_gen5   = strcontains(sku, "Gen5")
    is_pooled = contains(["ElasticPool", "Free"], sku) || ref("elastic_pool_id") != null || known(self.elastic_pool_id, "") != ""
    size_gb   = known(self.max_size_gb, null)
  }
  concept    = is_pooled ? null : "rdb-sqlserver"
  size       = sku
  vcpu       = vcores
  memory_gb  = is_gen5 ? vcores * 5.1 : null
  count      = 1
  gb         = size_gb
  engine     = "sqlserver"
  ha         = known(self.zone_redundant, false) == true
  replicas   = known(self.read_replica_count, null)
  state_gb   = size_gb
  assumed_gb = 100
}

workload "azurerm_mssql_elasticpool" {
  let {
    sku     = known(self.sku, [])[0]
    is_gen5 = known(sku.family, null) == "Gen5"
    size_gb = known(self.max_size_gb, null)
  }
  concept    = "rdb-sqlserver"
  size       = known(sku.name, null)
  vcpu       = known(sku.family, null) == null ? null : known(sku.capacity, null)
  memory_gb  = is_gen5 ? sku.capacity * 5.1 : null
  count      = 1
  gb         = size_gb
  engine     = "sqlserver"
  ha         = known(self.zone_redundant, false) == true
  state_gb   = size_gb
  assumed_gb = 100
}

workload "azurerm_mssql_managed_instance" {
  concept    = "rdb-sqlserver"
  size       = known(self.sku_name, null)
  vcpu       = known(self.vcores, null)
  memory_gb  = strcontains(coalesce(known(self.sku_name, null), "-"), "Gen5") ? self.vcores * 5.1 : null
  count      = 1
  gb         = known(self.storage_size_in_gb, null)
  engine     = "sqlserver"
  ha         = known(self.zone_redundant_enabled, false) == true
  state_gb   = known(self.storage_size_in_gb, null)
  assumed_gb = 100
}

# A container is billed beside its database, or lives on its throughput: it moves with it.
workload "azurerm_cosmosdb_sql_database" {
  concept  = "kv-document"
  gb       = usage.storage_gb
  state_gb = usage.storage_gb
}
workload "azurerm_cosmosdb_sql_container" {
  part_of  = ["database_name"]
  concept  = "kv-document"
  gb       = usage.storage_gb
  state_gb = usage.storage_gb
}
workload "azurerm_cosmosdb_table" {
  concept  = "kv-document"
  gb       = usage.storage_gb
  state_gb = usage.storage_gb
}
workload "azurerm_cosmosdb_mongo_database" {
  concept  = "document-mongodb"
  gb       = usage.storage_gb
  state_gb = usage.storage_gb
}
workload "azurerm_cosmosdb_mongo_collection" {
  part_of  = ["database_name"]
  concept  = "document-mongodb"
  gb       = usage.storage_gb
  state_gb = usage.storage_gb
}

# How much memory its sizes have is in no list at hand: nothing stands for one, and it stands for nothing.
workload "azurerm_managed_redis" {
  let {
    has_ha = known(self.high_availability_enabled, true) != false
  }
  concept    = "cache-redis"
  size       = self.sku_name
  count      = 1
  engine     = "redis"
  ha         = has_ha
  replicas   = has_ha ? 1 : 0
  state_gb   = 0
  assumed_gb = 200
}

# A coordinator alone, or with nodes beside it.
workload "azurerm_cosmosdb_postgresql_cluster" {
  let {
    nodes   = known(self.node_count, 0)
    size_gb = (nodes > 0 ? nodes * self.node_storage_quota_in_mb : self.coordinator_storage_quota_in_mb) / 1024
  }
  concept    = "rdb-distributed"
  vcpu       = nodes > 0 ? nodes * self.node_vcores : self.coordinator_vcore_count
  count      = 1
  gb         = size_gb
  engine     = "postgres"
  version    = known(self.sql_version, null)
  ha         = known(self.ha_enabled, false) == true
  state_gb   = size_gb
  assumed_gb = 100
}

workload "azurerm_mongo_cluster" {
  concept    = "document-mongodb"
  size       = known(self.compute_tier, null)
  count      = known(self.shard_count, null)
  gb         = known(self.storage_size_in_gb, null)
  engine     = "mongodb"
  version    = known(self.version, null)
  ha         = coalesce(known(self.high_availability_mode, null), "Disabled") != "Disabled"
  state_gb   = known(self.storage_size_in_gb, null)
  assumed_gb = 100
}
