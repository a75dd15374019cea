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

# `Balanced_B3` and its like; without high availability there is one node instead of two.
table "managed_redis" {
  rows = {
    Balanced         = "Balanced"
    ComputeOptimized = "Compute Optimized"
    FlashOptimized   = "Flash Optimized"
    MemoryOptimized  = "Memory Optimized"
  }
}

resource "azurerm_managed_redis" {
  docs = "https://azure.microsoft.com/pricing/details/managed-redis/"

  let {
    size  = split("_", self.sku_name)[1]
    nodes = self.high_availability_enabled == false ? 1 : 2
  }

  component "Cache usage" {
    unit     = "hours"
    quantity = 730 * nodes
    detail   = self.sku_name
    price {
      service = "Redis Cache"
      product = "Azure Managed Redis - ${table.managed_redis[split("_", self.sku_name)[0]]}"
      sku     = size
      meter   = "${size} Cache Instance"
    }
  }

  example "highly available by default" {
    region = "westeurope"
    self   = { sku_name = "MemoryOptimized_M10" }
    expect = { "Cache usage" = 1460 }
  }

  example "a single node" {
    region = "westeurope"
    self   = { sku_name = "Balanced_B3", high_availability_enabled = false }
    expect = { "Cache usage" = 730 }
  }
}
