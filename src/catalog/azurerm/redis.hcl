resource "azurerm_redis_cache" {
  docs = "https://azure.microsoft.com/pricing/details/cache/"

  let {
    size   = "${self.family}${self.capacity}"
    tier   = self.sku_name
    shards = max(1, known(self.shard_count, 1))
    # A Premium primary has one replica unless the plan asks for more.
    replicas = coalesce(known(self.replicas_per_primary, null), known(self.replicas_per_master, null), 1)
    nodes    = tier == "Basic" ? 1 : (tier == "Standard" ? 2 : shards * (1 + replicas))
  }

  component "Cache usage" {
    unit     = "nodes"
    quantity = nodes
    detail   = "${tier}_${size}"
    price {
      service = "Redis Cache"
      product = "Azure Redis Cache ${tier}"
      sku     = size
      meter   = tier == "Basic" ? "${size} Cache" : "${size} Cache Instance"
      times   = 730
    }
  }

  example "a basic cache" {
    region = "westeurope"
    self   = { sku_name = "Basic", family = "C", capacity = 4 }
    expect = { "Cache usage" = 1 }
  }

  example "a standard cache has a replica" {
    region = "westeurope"
    self   = { sku_name = "Standard", family = "C", capacity = 3 }
    expect = { "Cache usage" = 2 }
  }

  example "shards and replicas" {
    region = "westeurope"
    self   = { sku_name = "Premium", family = "P", capacity = 2, shard_count = 3, replicas_per_primary = 2 }
    expect = { "Cache usage" = 9 }
  }
}
