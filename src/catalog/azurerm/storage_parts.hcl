# Queues, tables and shares are billed with the redundancy of their account.
resource "azurerm_storage_queue" {
  docs = "https://azure.microsoft.com/pricing/details/storage/queues/"

  usage {
    # Messages stored, in GB.
    monthly_storage_gb = null
    # Class 1 operations a month: put, create, list and so on.
    monthly_class_1_operations = null
    # Class 2 operations a month: peek, get, delete and so on.
    monthly_class_2_operations = null
  }

  let {
    account    = coalesce(ref("storage_account_name"), ref("storage_account_id"))
    stated     = coalesce(account.account_replication_type, "LRS")
    redundancy = startswith(stated, "RA") ? "RA-${trimprefix(stated, "RA")}" : stated
    base       = trimprefix(redundancy, "RA-")
  }

  component "Capacity" {
    unit     = "GB"
    quantity = usage.monthly_storage_gb
    price {
      service = "Storage"
      product = "Queues v2"
      sku     = "Standard ${redundancy}"
      meter   = "${redundancy} Data Stored"
    }
  }

  component "Class 1 operations" {
    unit     = "10k operations"
    per      = 10000
    quantity = usage.monthly_class_1_operations
    price {
      service = "Storage"
      product = "Queues v2"
      sku     = "Standard ${redundancy}"
      meter   = "${base} Class 1 Operations"
    }
  }

  component "Class 2 operations" {
    unit     = "10k operations"
    per      = 10000
    quantity = usage.monthly_class_2_operations
    price {
      service = "Storage"
      product = "Queues v2"
      sku     = "Standard ${redundancy}"
      meter   = endswith(base, "ZRS") ? "ZRS Class 2 Operations" : "Class 2 Operations"
    }
  }

  example "an account elsewhere is taken as locally redundant" {
    region = "westeurope"
    self   = { name = "jobs" }
    usage  = { monthly_storage_gb = 333, monthly_class_1_operations = 50000000 }
    expect = { "Capacity" = 333, "Class 1 operations" = 50000000, "Class 2 operations" = null }
  }

  example "a geo-redundant account" {
    region = "westeurope"
    self   = { name = "jobs" }
    refs   = { "storage_account_name" = { account_replication_type = "RAGRS" } }
    expect = { "Capacity" = null, "Class 1 operations" = null, "Class 2 operations" = null }
  }
}

resource "azurerm_storage_share" {
  docs = "https://azure.microsoft.com/pricing/details/storage/files/"

  usage {
    # Files stored, in GB; overrides the quota.
    storage_gb = null
    # Snapshots, in GB.
    snapshots_storage_gb = null
    # Write operations a month.
    monthly_write_operations = null
    # List operations a month.
    monthly_list_operations = null
    # Read operations a month.
    monthly_read_operations = null
    # Other operations a month.
    monthly_other_operations = null
    # Data read from a cool share a month, in GB.
    monthly_data_retrieval_gb = null
    # Metadata of a hot or cool share, in GB.
    metadata_at_rest_storage_gb = null
  }

  let {
    account = coalesce(ref("storage_account_name"), ref("storage_account_id"))
    stated  = coalesce(account.account_replication_type, "LRS")
    # Shares have no readable copy elsewhere: RA-GRS is billed as GRS.
    redundancy = trimprefix(stated, "RA")
    is_premium = account.account_kind == "FileStorage"
    # Without a tier a share is transaction optimized, which the price list calls standard.
    tier      = contains(["Hot", "Cool"], known(self.access_tier, "-")) ? self.access_tier : "Standard"
    is_tiered = tier != "Standard"
    sku       = is_premium ? "Premium ${redundancy}" : "${tier} ${redundancy}"
    is_zonal  = contains(["ZRS", "GZRS"], redundancy)
    prefix    = is_tiered ? "${tier} " : ""
  }

  component "Data at rest" {
    unit     = "GB"
    quantity = coalesce(usage.storage_gb, self.quota)
    price {
      service = "Storage"
      product = is_premium ? "Premium Files" : "Files v2"
      sku     = sku
      meter   = is_premium ? "Premium ${redundancy} Provisioned" : "${prefix}${redundancy} Data Stored"
    }
  }

  component "Snapshots" {
    unit     = "GB"
    quantity = usage.snapshots_storage_gb
    price {
      service = "Storage"
      product = is_premium ? "Premium Files" : "Files v2"
      sku     = sku
      meter   = is_premium ? "Premium ${redundancy} Snapshots" : "${prefix}${redundancy} Data Stored"
    }
  }

  component "Metadata at rest" {
    when     = is_tiered && !is_premium
    unit     = "GB"
    quantity = usage.metadata_at_rest_storage_gb
    price {
      service = "Storage"
      product = "Files v2"
      sku     = sku
      meter   = "${redundancy} Metadata"
    }
  }

  component "Write operations" {
    when     = !is_premium
    unit     = "10k operations"
    per      = 10000
    quantity = usage.monthly_write_operations
    price {
      service = "Storage"
      product = "Files v2"
      sku     = sku
      meter   = "${prefix}${redundancy} Write Operations"
    }
  }

  component "List operations" {
    when     = !is_premium
    unit     = "10k operations"
    per      = 10000
    quantity = usage.monthly_list_operations
    price {
      service = "Storage"
      product = "Files v2"
      sku     = sku
      meter   = is_tiered || is_zonal ? "${prefix}${redundancy} List Operations" : "List Operations"
    }
  }

  component "Read operations" {
    when     = !is_premium
    unit     = "10k operations"
    per      = 10000
    quantity = usage.monthly_read_operations
    price {
      service = "Storage"
      product = "Files v2"
      sku     = sku
      meter   = is_tiered ? "${tier} Read Operations" : (is_zonal ? "${redundancy} Read Operations" : "Read Operations")
    }
  }

  component "Other operations" {
    when     = !is_premium
    unit     = "10k operations"
    per      = 10000
    quantity = usage.monthly_other_operations
    price {
      service = "Storage"
      product = "Files v2"
      sku     = sku
      meter   = is_tiered ? (redundancy == "GZRS" ? "${tier} GZRS Other Operations" : "${tier} Other Operations") : (is_zonal ? "${redundancy} Protocol Operations" : "Protocol Operations")
    }
  }

  component "Data retrieval" {
    when     = tier == "Cool" && !is_premium
    unit     = "GB"
    quantity = usage.monthly_data_retrieval_gb
    price {
      service = "Storage"
      product = "Files v2"
      sku     = sku
      meter   = redundancy == "GZRS" ? "Cool GZRS Data Retrieval" : "Cool Data Retrieval"
    }
  }

  example "a premium share is billed by its quota" {
    region = "westeurope"
    self   = { name = "home", quota = 100 }
    refs   = { "storage_account_name" = { account_kind = "FileStorage", account_replication_type = "LRS" } }
    expect = { "Data at rest" = 100, "Snapshots" = null }
  }

  example "a transaction optimized share" {
    region = "westeurope"
    self   = { name = "home", quota = 50 }
    refs   = { "storage_account_name" = { account_kind = "StorageV2", account_replication_type = "ZRS" } }
    usage  = { storage_gb = 20 }
    expect = {
      "Data at rest"     = 20
      "Snapshots"        = null
      "Write operations" = null
      "List operations"  = null
      "Read operations"  = null
      "Other operations" = null
    }
  }

  example "a cool share" {
    region = "westeurope"
    self   = { name = "home", quota = 50, access_tier = "Cool" }
    refs   = { "storage_account_id" = { account_replication_type = "GRS" } }
    expect = {
      "Data at rest"     = 50
      "Snapshots"        = null
      "Metadata at rest" = null
      "Write operations" = null
      "List operations"  = null
      "Read operations"  = null
      "Other operations" = null
      "Data retrieval"   = null
    }
  }
}
