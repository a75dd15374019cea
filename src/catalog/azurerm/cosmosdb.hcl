# The account names regions, consistency and backup; what is paid for stands in its databases and containers.
resource "azurerm_cosmosdb_account" { free = true }

# Request units, storage and backups of a database or container, in every region of its account.
template "cosmosdb_data" {
  # The account, null if it is not in sight.
  input "account" {
    type    = any
    default = null
  }

  # Manual throughput in RU/s; null without any.
  input "throughput" {
    type    = number
    default = null
  }

  # Highest throughput of autoscale in RU/s; null without autoscale.
  input "max_throughput" {
    type    = number
    default = null
  }

  let {
    is_serverless  = length([for capability in coalesce(account.capabilities, []) : capability if capability.name == "EnableServerless"]) > 0
    is_multi_write = coalesce(account.multiple_write_locations_enabled, account.enable_multiple_write_locations, false)
    stated         = [for place in coalesce(account.geo_location, []) : { name = lower(replace(place.location, " ", "")), is_zonal = place.zone_redundant == true }]
    places         = length(stated) > 0 ? stated : [{ name = region, is_zonal = false }]
    backup         = account.backup[0]
    is_continuous  = known(backup.type, "Periodic") == "Continuous"
    # Two periodic copies are included: by default one every 4 hours is kept for 8 hours.
    copies        = floor(known(backup.retention_in_hours, 8) * 60 / known(backup.interval_in_minutes, 240))
    has_analytics = coalesce(account.analytical_storage_enabled, false)
  }

  component "Provisioned throughput" {
    for_each = is_serverless || throughput == null || max_throughput != null ? [] : places
    unit     = "RU/s x 100"
    # Availability zones cost a quarter more, except where several regions write.
    quantity = throughput / 100 * (each.value.is_zonal && !is_multi_write ? 1.25 : 1)
    detail   = "provisioned, ${each.value.name}"
    price {
      region  = each.value.name
      service = "Azure Cosmos DB"
      product = "Azure Cosmos DB"
      sku     = is_multi_write ? "mRUs" : "RUs"
      meter   = is_multi_write ? "100 Multi-master RU/s" : "100 RU/s"
      times   = 730
    }
  }

  component "Provisioned throughput" {
    for_each = is_serverless || max_throughput == null ? [] : places
    unit     = "RU/s x 100"
    quantity = max_throughput / 100 * usage.max_request_units_utilization_percentage / 100
    detail   = "autoscale, ${each.value.name}"
    price {
      region  = each.value.name
      service = "Azure Cosmos DB"
      product = is_multi_write ? "Azure Cosmos DB" : "Azure Cosmos DB autoscale"
      sku     = is_multi_write ? "mRUs" : "AP1"
      meter   = is_multi_write ? "100 Multi-master RU/s" : "AP1 100 RUs"
      times   = 730
    }
  }

  component "Provisioned throughput" {
    when     = is_serverless
    unit     = "1M RU"
    per      = 1000000
    quantity = usage.monthly_serverless_request_units
    detail   = "serverless"
    price {
      service = "Azure Cosmos DB"
      product = "Azure Cosmos DB serverless"
      sku     = "RUs"
      meter   = "1M RUs"
    }
  }

  component "Transactional storage" {
    for_each = places
    unit     = "GB"
    quantity = usage.storage_gb
    detail   = each.value.name
    price {
      region  = each.value.name
      service = "Azure Cosmos DB"
      product = "Azure Cosmos DB"
      sku     = "RUs"
      meter   = "Data Stored"
    }
  }

  component "Periodic backup" {
    for_each = !is_continuous && copies > 2 ? places : []
    unit     = "GB"
    quantity = usage.storage_gb * (copies - 2)
    detail   = each.value.name
    price {
      region  = each.value.name
      service = "Azure Cosmos DB"
      product = "Azure Cosmos DB Snapshot"
      sku     = "Standard"
      meter   = "Backup Data Stored"
    }
  }

  component "Continuous backup" {
    for_each = is_continuous && known(backup.tier, "Continuous30Days") == "Continuous30Days" ? places : []
    unit     = "GB"
    quantity = usage.storage_gb
    detail   = each.value.name
    price {
      region  = each.value.name
      service = "Azure Cosmos DB"
      product = "Azure Cosmos DB - PITR"
      sku     = "Backup"
      meter   = "Cont 30D Bckp Continuous Backup"
    }
  }

  component "Restored data" {
    when     = is_continuous
    optional = true
    unit     = "GB"
    quantity = usage.monthly_restored_data_gb
    price {
      service = "Azure Cosmos DB"
      product = "Azure Cosmos DB - PITR"
      sku     = "Backup"
      meter   = "Cont 30D Bckp Data Restore"
    }
  }

  component "Analytical storage" {
    for_each = has_analytics ? places : []
    unit     = "GB"
    quantity = usage.storage_gb
    detail   = each.value.name
    price {
      region  = each.value.name
      service = "Azure Cosmos DB"
      product = "Azure Cosmos DB Analytics Storage"
      sku     = "Standard"
      meter   = "Standard Data Stored"
    }
  }

  component "Analytical write operations" {
    when     = has_analytics
    unit     = "10K operations"
    per      = 10000
    quantity = usage.monthly_analytical_storage_write_operations
    price {
      service = "Azure Cosmos DB"
      product = "Azure Cosmos DB Analytics Storage"
      sku     = "Standard"
      meter   = "Standard Write Operations"
    }
  }

  component "Analytical read operations" {
    when     = has_analytics
    unit     = "10K operations"
    per      = 10000
    quantity = usage.monthly_analytical_storage_read_operations
    price {
      service = "Azure Cosmos DB"
      product = "Azure Cosmos DB Analytics Storage"
      sku     = "Standard"
      meter   = "Standard Read Operations"
    }
  }
}

resource "azurerm_cosmosdb_sql_database" {
  docs = "https://azure.microsoft.com/pricing/details/cosmos-db/"

  usage {
    # Data stored, in GB.
    storage_gb = null
    # Request units a month of a serverless account.
    monthly_serverless_request_units = null
    # Data restored a month to a point in time, in GB.
    monthly_restored_data_gb = null
    # Write operations of the analytical store a month.
    monthly_analytical_storage_write_operations = null
    # Read operations of the analytical store a month.
    monthly_analytical_storage_read_operations = null
    # Mean use of the highest throughput in percent; at least 10 is billed.
    max_request_units_utilization_percentage = null
  }

  use "cosmosdb_data" {
    account        = ref("account_name")
    throughput     = known(self.throughput, null)
    max_throughput = self.autoscale_settings[0].max_throughput
  }

  example "manual throughput in two regions, one over zones" {
    region = "westeurope"
    self   = { throughput = 500 }
    refs = {
      "account_name" = { geo_location = [{ location = "West Europe" }, { location = "northeurope", zone_redundant = true }] }
    }
    usage = { storage_gb = 1000 }
    expect = {
      "Provisioned throughput[0]" = 5
      "Provisioned throughput[1]" = 6.25
      "Transactional storage[0]"  = 1000
      "Transactional storage[1]"  = 1000
    }
  }

  example "autoscale with continuous backup" {
    region = "westeurope"
    self   = { autoscale_settings = [{ max_throughput = 6000 }] }
    refs = {
      "account_name" = { geo_location = [{ location = "westeurope" }], backup = [{ type = "Continuous" }] }
    }
    usage = { storage_gb = 10, max_request_units_utilization_percentage = 50 }
    expect = {
      "Provisioned throughput[0]" = 30
      "Transactional storage[0]"  = 10
      "Continuous backup[0]"      = 10
    }
  }

  example "serverless, with copies beyond the two included" {
    region = "westeurope"
    self   = {}
    refs = {
      "account_name" = {
        geo_location = [{ location = "westeurope" }]
        capabilities = [{ name = "EnableServerless" }]
        backup       = [{ type = "Periodic", interval_in_minutes = 240, retention_in_hours = 12 }]
      }
    }
    usage = { storage_gb = 10, monthly_serverless_request_units = 10000000 }
    expect = {
      "Provisioned throughput"   = 10000000
      "Transactional storage[0]" = 10
      "Periodic backup[0]"       = 10
    }
  }

  example "an account elsewhere, analytics unknown" {
    region = "westeurope"
    self   = { throughput = 400 }
    expect = { "Provisioned throughput[0]" = 4, "Transactional storage[0]" = null }
  }
}

resource "azurerm_cosmosdb_mongo_database" {
  docs = "https://azure.microsoft.com/pricing/details/cosmos-db/"

  usage {
    # Data stored, in GB.
    storage_gb = null
    # Request units a month of a serverless account.
    monthly_serverless_request_units = null
    # Data restored a month to a point in time, in GB.
    monthly_restored_data_gb = null
    # Write operations of the analytical store a month.
    monthly_analytical_storage_write_operations = null
    # Read operations of the analytical store a month.
    monthly_analytical_storage_read_operations = null
    # Mean use of the highest throughput in percent; at least 10 is billed.
    max_request_units_utilization_percentage = null
  }

  use "cosmosdb_data" {
    account        = ref("account_name")
    throughput     = known(self.throughput, null)
    max_throughput = self.autoscale_settings[0].max_throughput
  }

  example "manual throughput" {
    region = "westeurope"
    self   = { throughput = 400 }
    refs   = { "account_name" = { geo_location = [{ location = "westeurope" }] } }
    expect = { "Provisioned throughput[0]" = 4, "Transactional storage[0]" = null }
  }
}

resource "azurerm_cosmosdb_cassandra_keyspace" {
  docs = "https://azure.microsoft.com/pricing/details/cosmos-db/"

  usage {
    # Data stored, in GB.
    storage_gb = null
    # Request units a month of a serverless account.
    monthly_serverless_request_units = null
    # Data restored a month to a point in time, in GB.
    monthly_restored_data_gb = null
    # Write operations of the analytical store a month.
    monthly_analytical_storage_write_operations = null
    # Read operations of the analytical store a month.
    monthly_analytical_storage_read_operations = null
    # Mean use of the highest throughput in percent; at least 10 is billed.
    max_request_units_utilization_percentage = null
  }

  use "cosmosdb_data" {
    account        = ref("account_name")
    throughput     = known(self.throughput, null)
    max_throughput = self.autoscale_settings[0].max_throughput
  }

  example "manual throughput" {
    region = "westeurope"
    self   = { throughput = 400 }
    refs   = { "account_name" = { geo_location = [{ location = "westeurope" }] } }
    expect = { "Provisioned throughput[0]" = 4, "Transactional storage[0]" = null }
  }
}

resource "azurerm_cosmosdb_gremlin_database" {
  docs = "https://azure.microsoft.com/pricing/details/cosmos-db/"

  usage {
    # Data stored, in GB.
    storage_gb = null
    # Request units a month of a serverless account.
    monthly_serverless_request_units = null
    # Data restored a month to a point in time, in GB.
    monthly_restored_data_gb = null
    # Write operations of the analytical store a month.
    monthly_analytical_storage_write_operations = null
    # Read operations of the analytical store a month.
    monthly_analytical_storage_read_operations = null
    # Mean use of the highest throughput in percent; at least 10 is billed.
    max_request_units_utilization_percentage = null
  }

  use "cosmosdb_data" {
    account        = ref("account_name")
    throughput     = known(self.throughput, null)
    max_throughput = self.autoscale_settings[0].max_throughput
  }

  example "manual throughput" {
    region = "westeurope"
    self   = { throughput = 400 }
    refs   = { "account_name" = { geo_location = [{ location = "westeurope" }] } }
    expect = { "Provisioned throughput[0]" = 4, "Transactional storage[0]" = null }
  }
}

resource "azurerm_cosmosdb_table" {
  docs = "https://azure.microsoft.com/pricing/details/cosmos-db/"

  usage {
    # Data stored, in GB.
    storage_gb = null
    # Request units a month of a serverless account.
    monthly_serverless_request_units = null
    # Data restored a month to a point in time, in GB.
    monthly_restored_data_gb = null
    # Write operations of the analytical store a month.
    monthly_analytical_storage_write_operations = null
    # Read operations of the analytical store a month.
    monthly_analytical_storage_read_operations = null
    # Mean use of the highest throughput in percent; at least 10 is billed.
    max_request_units_utilization_percentage = null
  }

  use "cosmosdb_data" {
    account        = ref("account_name")
    throughput     = known(self.throughput, null)
    max_throughput = self.autoscale_settings[0].max_throughput
  }

  example "manual throughput" {
    region = "westeurope"
    self   = { throughput = 400 }
    refs   = { "account_name" = { geo_location = [{ location = "westeurope" }] } }
    expect = { "Provisioned throughput[0]" = 4, "Transactional storage[0]" = null }
  }
}

resource "azurerm_cosmosdb_sql_container" {
  docs = "https://azure.microsoft.com/pricing/details/cosmos-db/"

  usage {
    # Data stored, in GB.
    storage_gb = null
    # Request units a month of a serverless account.
    monthly_serverless_request_units = null
    # Data restored a month to a point in time, in GB.
    monthly_restored_data_gb = null
    # Write operations of the analytical store a month.
    monthly_analytical_storage_write_operations = null
    # Read operations of the analytical store a month.
    monthly_analytical_storage_read_operations = null
    # Mean use of the highest throughput in percent; at least 10 is billed.
    max_request_units_utilization_percentage = null
  }

  let {
    database = ref("database_name", "azurerm_cosmosdb_sql_database")
    # Without throughput of its own it shares that of its database; without any, the service gives it 400 RU/s.
    shares = database.throughput != null || database.autoscale_settings[0].max_throughput != null
    stated = known(self.throughput, null)
  }

  use "cosmosdb_data" {
    account        = ref("account_name")
    throughput     = stated != null ? stated : (shares ? null : 400)
    max_throughput = self.autoscale_settings[0].max_throughput
  }

  example "throughput of its own" {
    region = "westeurope"
    self   = { throughput = 600 }
    expect = { "Provisioned throughput[0]" = 6, "Transactional storage[0]" = null }
  }

  example "throughput of the database" {
    region = "westeurope"
    self   = {}
    refs   = { "database_name" = { throughput = 400 } }
    usage  = { storage_gb = 5 }
    expect = { "Transactional storage[0]" = 5 }
  }

  example "several regions that write, and an analytical store" {
    region = "westeurope"
    self   = { autoscale_settings = [{ max_throughput = 4000 }] }
    refs = {
      "account_name" = { geo_location = [{ location = "westeurope" }], multiple_write_locations_enabled = true, analytical_storage_enabled = true }
    }
    expect = {
      "Provisioned throughput[0]"   = null
      "Transactional storage[0]"    = null
      "Analytical storage[0]"       = null
      "Analytical write operations" = null
      "Analytical read operations"  = null
    }
  }
}

resource "azurerm_cosmosdb_mongo_collection" {
  docs = "https://azure.microsoft.com/pricing/details/cosmos-db/"

  usage {
    # Data stored, in GB.
    storage_gb = null
    # Request units a month of a serverless account.
    monthly_serverless_request_units = null
    # Data restored a month to a point in time, in GB.
    monthly_restored_data_gb = null
    # Write operations of the analytical store a month.
    monthly_analytical_storage_write_operations = null
    # Read operations of the analytical store a month.
    monthly_analytical_storage_read_operations = null
    # Mean use of the highest throughput in percent; at least 10 is billed.
    max_request_units_utilization_percentage = null
  }

  let {
    database = ref("database_name", "azurerm_cosmosdb_mongo_database")
    # Without throughput of its own it shares that of its database; without any, the service gives it 400 RU/s.
    shares = database.throughput != null || database.autoscale_settings[0].max_throughput != null
    stated = known(self.throughput, null)
  }

  use "cosmosdb_data" {
    account        = ref("account_name")
    throughput     = stated != null ? stated : (shares ? null : 400)
    max_throughput = self.autoscale_settings[0].max_throughput
  }

  example "throughput of its own" {
    region = "westeurope"
    self   = { throughput = 600 }
    expect = { "Provisioned throughput[0]" = 6, "Transactional storage[0]" = null }
  }
}

resource "azurerm_cosmosdb_gremlin_graph" {
  docs = "https://azure.microsoft.com/pricing/details/cosmos-db/"

  usage {
    # Data stored, in GB.
    storage_gb = null
    # Request units a month of a serverless account.
    monthly_serverless_request_units = null
    # Data restored a month to a point in time, in GB.
    monthly_restored_data_gb = null
    # Write operations of the analytical store a month.
    monthly_analytical_storage_write_operations = null
    # Read operations of the analytical store a month.
    monthly_analytical_storage_read_operations = null
    # Mean use of the highest throughput in percent; at least 10 is billed.
    max_request_units_utilization_percentage = null
  }

  let {
    database = ref("database_name", "azurerm_cosmosdb_gremlin_database")
    # Without throughput of its own it shares that of its database; without any, the service gives it 400 RU/s.
    shares = database.throughput != null || database.autoscale_settings[0].max_throughput != null
    stated = known(self.throughput, null)
  }

  use "cosmosdb_data" {
    account        = ref("account_name")
    throughput     = stated != null ? stated : (shares ? null : 400)
    max_throughput = self.autoscale_settings[0].max_throughput
  }

  example "throughput of its own" {
    region = "westeurope"
    self   = { throughput = 600 }
    expect = { "Provisioned throughput[0]" = 6, "Transactional storage[0]" = null }
  }
}

resource "azurerm_cosmosdb_cassandra_table" {
  docs = "https://azure.microsoft.com/pricing/details/cosmos-db/"

  usage {
    # Data stored, in GB.
    storage_gb = null
    # Request units a month of a serverless account.
    monthly_serverless_request_units = null
    # Data restored a month to a point in time, in GB.
    monthly_restored_data_gb = null
    # Write operations of the analytical store a month.
    monthly_analytical_storage_write_operations = null
    # Read operations of the analytical store a month.
    monthly_analytical_storage_read_operations = null
    # Mean use of the highest throughput in percent; at least 10 is billed.
    max_request_units_utilization_percentage = null
  }

  let {
    database = ref("cassandra_keyspace_id", "azurerm_cosmosdb_cassandra_keyspace")
    # Without throughput of its own it shares that of its database; without any, the service gives it 400 RU/s.
    shares = database.throughput != null || database.autoscale_settings[0].max_throughput != null
    stated = known(self.throughput, null)
  }

  use "cosmosdb_data" {
    account        = null
    throughput     = stated != null ? stated : (shares ? null : 400)
    max_throughput = self.autoscale_settings[0].max_throughput
  }

  example "throughput of its own" {
    region = "westeurope"
    self   = { throughput = 600 }
    expect = { "Provisioned throughput[0]" = 6, "Transactional storage[0]" = null }
  }
}
