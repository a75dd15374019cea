case "a Premium cache for tests" {
  resource "azurerm_redis_cache" "cache" {
    location = "westeurope"
    sku_name = "Premium"
    family   = "P"
    capacity = 1
    tags     = { environment = "test" }
  }
  finds = { "azurerm_redis_cache.cache" = 730 * (2 * 0.277 - 0.18) }
}

case "a Standard cache" {
  resource "azurerm_redis_cache" "cache" {
    location = "westeurope"
    sku_name = "Standard"
    family   = "C"
    capacity = 1
    tags     = { environment = "test" }
  }
  finds = { "azurerm_redis_cache.cache" = 730 * (2 * 0.069 - 0.055) }
}

case "managed Redis is highly available by default" {
  project = "shop-dev"
  resource "azurerm_managed_redis" "cache" {
    location = "westeurope"
    sku_name = "Balanced_B10"
  }
  finds = { "azurerm_managed_redis.cache" = 730 * 0.375 }
}

case "production, one node, two regions, shards, and data kept on disk" {
  resource "azurerm_managed_redis" "spread" {
    location = "westeurope"
    sku_name = "Balanced_B10"
    tags     = { environment = "test" }
    default_database {
      geo_replication_group_name = "shop"
    }
  }
  resource "azurerm_redis_cache" "live" {
    location = "westeurope"
    sku_name = "Standard"
    family   = "C"
    capacity = 1
    tags     = { environment = "production" }
  }
  resource "azurerm_redis_cache" "basic" {
    location = "westeurope"
    sku_name = "Basic"
    family   = "C"
    capacity = 1
    tags     = { environment = "test" }
  }
  resource "azurerm_managed_redis" "single" {
    location                  = "westeurope"
    sku_name                  = "Balanced_B10"
    high_availability_enabled = false
    tags                      = { environment = "test" }
  }
  resource "azurerm_redis_cache" "shards" {
    location    = "westeurope"
    sku_name    = "Premium"
    family      = "P"
    capacity    = 1
    shard_count = 3
    tags        = { environment = "test" }
  }
  resource "azurerm_redis_cache" "kept" {
    location = "westeurope"
    sku_name = "Premium"
    family   = "P"
    capacity = 1
    tags     = { environment = "test" }
    redis_configuration {
      rdb_backup_enabled = true
    }
  }
  finds = {}
}
