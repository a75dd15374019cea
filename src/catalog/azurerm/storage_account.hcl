# The meters of an account: "KIND/ACCESS TIER/REDUNDANCY". Some operations are only metered under a
# neighbouring SKU, so a meter has its SKU beside it.
table "azure_storage_meter" {
  csv = "storage_meter.csv"
  key = "key"
}

resource "azurerm_storage_account" {
  docs = "https://azure.microsoft.com/pricing/details/storage/blobs/"

  usage {
    # Blobs stored, in GB.
    storage_gb = null
    # Write operations a month.
    monthly_write_operations = null
    # List and create container operations a month.
    monthly_list_and_create_container_operations = null
    # Read operations a month.
    monthly_read_operations = null
    # All other operations a month.
    monthly_other_operations = null
    # Iterative write operations a month, with a hierarchical namespace.
    monthly_iterative_write_operations = null
    # Iterative read operations a month, with a hierarchical namespace.
    monthly_iterative_read_operations = null
    # Data read a month from a cool or cold tier, in GB.
    monthly_data_retrieval_gb = null
    # Data written a month to the cool tier of a blob-only account, in GB.
    monthly_data_write_gb = null
    # Blob index tags.
    blob_index_tags = null
    # Data deleted before its minimum time, in GB.
    early_deletion_gb = null
    # Premium file shares: provisioned size in GB.
    data_at_rest_storage_gb = null
    # Premium file shares: snapshots in GB.
    snapshots_storage_gb = null
    # Standard file shares: metadata in GB.
    metadata_at_rest_storage_gb = null
  }

  let {
    kind       = coalesce(self.account_kind, "StorageV2")
    is_files   = kind == "FileStorage"
    is_premium = self.account_tier == "Premium"
    is_nested  = self.is_hns_enabled == true
    # `RAGZRS` in a plan, `RA-GZRS` in the price list.
    redundancy = startswith(self.account_replication_type, "RA") ? "RA-${trimprefix(self.account_replication_type, "RA")}" : self.account_replication_type
    access     = is_premium ? "Premium" : (kind == "Storage" ? "Standard" : known(self.access_tier, "Hot"))
    family     = is_nested && kind != "BlobStorage" ? (is_premium ? "PremiumHierarchical" : "Hierarchical") : kind
    meter      = table.azure_storage_meter["${family}/${access}/${redundancy}"]
  }

  component "Capacity" {
    when     = !is_files
    unit     = "GB"
    quantity = usage.storage_gb
    price {
      service = "Storage"
      product = meter.product
      sku     = meter.sku
      meter   = meter.capacity
    }
  }

  component "Write operations" {
    when     = length(meter.write) > 0
    unit     = "10k operations"
    per      = 10000
    quantity = usage.monthly_write_operations
    price {
      service = "Storage"
      product = meter.product
      sku     = meter.write_sku
      meter   = meter.write
    }
  }

  component "List and create container operations" {
    when     = length(meter.list) > 0
    unit     = "10k operations"
    per      = 10000
    quantity = usage.monthly_list_and_create_container_operations
    price {
      service = "Storage"
      product = meter.product
      sku     = meter.list_sku
      meter   = meter.list
    }
  }

  component "Iterative write operations" {
    when     = length(meter.iterative_write) > 0
    unit     = "100 operations"
    per      = 100
    quantity = usage.monthly_iterative_write_operations
    price {
      service = "Storage"
      product = meter.product
      sku     = meter.iterative_write_sku
      meter   = meter.iterative_write
    }
  }

  component "Read operations" {
    when     = length(meter.read) > 0
    unit     = "10k operations"
    per      = 10000
    quantity = usage.monthly_read_operations
    price {
      service = "Storage"
      product = meter.product
      sku     = meter.read_sku
      meter   = meter.read
    }
  }

  component "Iterative read operations" {
    when     = length(meter.iterative_read) > 0
    unit     = "10k operations"
    per      = 10000
    quantity = usage.monthly_iterative_read_operations
    price {
      service = "Storage"
      product = meter.product
      sku     = meter.iterative_read_sku
      meter   = meter.iterative_read
    }
  }

  component "All other operations" {
    when     = length(meter.other) > 0
    unit     = "10k operations"
    per      = 10000
    quantity = usage.monthly_other_operations
    price {
      service = "Storage"
      product = meter.product
      sku     = meter.other_sku
      meter   = meter.other
    }
  }

  component "Data retrieval" {
    when     = length(meter.retrieval) > 0
    unit     = "GB"
    quantity = usage.monthly_data_retrieval_gb
    price {
      service = "Storage"
      product = meter.product
      sku     = meter.retrieval_sku
      meter   = meter.retrieval
    }
  }

  component "Data write" {
    when     = kind == "BlobStorage" && access == "Cool"
    unit     = "GB"
    quantity = usage.monthly_data_write_gb
    price {
      service = "Storage"
      product = "Blob Storage"
      sku     = "Cool ${redundancy}"
      meter   = "Cool ${trimprefix(redundancy, "RA-")} Data Write"
    }
  }

  component "Blob index" {
    when     = length(meter.index) > 0
    unit     = "10k tags"
    per      = 10000
    quantity = usage.blob_index_tags
    price {
      service = "Storage"
      product = meter.product
      sku     = meter.index_sku
      meter   = meter.index
    }
  }

  component "Early deletion" {
    when     = length(meter.early_delete) > 0
    optional = true
    unit     = "GB"
    quantity = usage.early_deletion_gb
    price {
      service = "Storage"
      product = meter.product
      sku     = meter.early_delete_sku
      meter   = meter.early_delete
    }
  }

  component "Data at rest" {
    when     = is_files
    unit     = "GB"
    quantity = usage.data_at_rest_storage_gb
    price {
      service = "Storage"
      product = "Premium Files"
      sku     = "Premium ${redundancy}"
      meter   = "Premium ${redundancy} Provisioned"
    }
  }

  component "Snapshots" {
    when     = is_files
    unit     = "GB"
    quantity = usage.snapshots_storage_gb
    price {
      service = "Storage"
      product = "Premium Files"
      sku     = "Premium ${redundancy}"
      meter   = "Premium ${redundancy} Snapshots"
    }
  }

  example "a plain account" {
    region = "westeurope"
    self   = { account_kind = "StorageV2", account_tier = "Standard", account_replication_type = "LRS", access_tier = "Hot" }
    usage  = { storage_gb = 1000, monthly_write_operations = 1000000 }
    expect = {
      "Capacity"                             = 1000
      "Write operations"                     = 1000000
      "List and create container operations" = null
      "Read operations"                      = null
      "All other operations"                 = null
      "Blob index"                           = null
    }
  }

  example "a cool, geo-redundant account" {
    region = "westeurope"
    self   = { account_tier = "Standard", account_replication_type = "RAGRS", access_tier = "Cool" }
    usage  = { monthly_data_retrieval_gb = 20, early_deletion_gb = 5 }
    expect = {
      "Capacity"                             = null
      "Write operations"                     = null
      "List and create container operations" = null
      "Read operations"                      = null
      "All other operations"                 = null
      "Data retrieval"                       = 20
      "Blob index"                           = null
      "Early deletion"                       = 5
    }
  }

  example "a cool account for blobs only" {
    region = "westeurope"
    self   = { account_kind = "BlobStorage", account_tier = "Standard", account_replication_type = "GRS", access_tier = "Cool" }
    usage  = { monthly_data_write_gb = 1000 }
    expect = {
      "Capacity"                             = null
      "Write operations"                     = null
      "List and create container operations" = null
      "Read operations"                      = null
      "All other operations"                 = null
      "Data retrieval"                       = null
      "Data write"                           = 1000
      "Blob index"                           = null
    }
  }

  example "a data lake" {
    region = "westeurope"
    self   = { account_kind = "StorageV2", account_tier = "Standard", account_replication_type = "ZRS", access_tier = "Hot", is_hns_enabled = true }
    usage  = { monthly_iterative_write_operations = 1400 }
    expect = {
      "Capacity"                   = null
      "Write operations"           = null
      "Iterative write operations" = 1400
      "Read operations"            = null
      "Iterative read operations"  = null
      "All other operations"       = null
    }
  }

  example "premium block blobs" {
    region = "westeurope"
    self   = { account_kind = "BlockBlobStorage", account_tier = "Premium", account_replication_type = "LRS" }
    usage  = { storage_gb = 10 }
    expect = {
      "Capacity"                             = 10
      "Write operations"                     = null
      "List and create container operations" = null
      "Read operations"                      = null
      "All other operations"                 = null
      "Blob index"                           = null
    }
  }

  example "premium file shares" {
    region = "westeurope"
    self   = { account_kind = "FileStorage", account_tier = "Premium", account_replication_type = "LRS" }
    usage  = { data_at_rest_storage_gb = 880 }
    expect = { "Data at rest" = 880, "Snapshots" = null }
  }
}
