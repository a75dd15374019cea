# Compute by tier and hardware, as written in a SKU such as `GP_Gen5_4`.
table "mssql_compute" {
  rows = {
    GP_Gen4   = "SQL Database Single/Elastic Pool General Purpose - Compute Gen4"
    GP_Gen5   = "SQL Database Single/Elastic Pool General Purpose - Compute Gen5"
    GP_Fsv2   = "SQL Database Single/Elastic Pool General Purpose - Compute FSv2 Series"
    GP_DC     = "SQL Database Single/Elastic Pool General Purpose - Compute DC-Series"
    BC_Gen4   = "SQL Database Single/Elastic Pool Business Critical - Compute Gen4"
    BC_Gen5   = "SQL Database Single/Elastic Pool Business Critical - Compute Gen5"
    BC_M      = "SQL Database Single/Elastic Pool Business Critical - Compute M Series"
    BC_DC     = "SQL Database Single/Elastic Pool Business Critical - Compute DC-Series"
    HS_Gen4   = "SQL Database SingleDB Hyperscale - Compute Gen4"
    HS_Gen5   = "SQL Database SingleDB/Elastic Pool Hyperscale - Compute Gen5"
    HS_PRMS   = "SQL Database Single/Elastic Pool Hyperscale - Premium Series Compute"
    HS_MOPRMS = "SQL Database Single/Elastic Pool Hyperscale - Premium Series Memory Optimized Compute"
    GP_S_Gen5 = "SQL Database General Purpose - Serverless - Compute Gen5"
    HS_S_Gen5 = "SQL Database SingleDB Hyperscale - Serverless - Compute Gen5"
  }
}

# Billed by DTU: the meter of each size, and the storage that it includes, in GB.
table "mssql_dtu" {
  rows = {
    Basic = { product = "SQL Database Single Basic", sku = "B", meter = "B DTU", included_gb = 2, storage = null }
    S0    = { product = "SQL Database Single Standard", sku = "S0", meter = "S0 DTUs", included_gb = 250, storage = "Standard" }
    S1    = { product = "SQL Database Single Standard", sku = "S1", meter = "S1 DTUs", included_gb = 250, storage = "Standard" }
    S2    = { product = "SQL Database Single Standard", sku = "S2", meter = "S2 DTUs", included_gb = 250, storage = "Standard" }
    S3    = { product = "SQL Database Single Standard", sku = "S3", meter = "S3 DTUs", included_gb = 250, storage = "Standard" }
    S4    = { product = "SQL Database Single Standard", sku = "S4", meter = "10 DTUs", included_gb = 250, storage = "Standard" }
    S6    = { product = "SQL Database Single Standard", sku = "S6", meter = "10 DTUs", included_gb = 250, storage = "Standard" }
    S7    = { product = "SQL Database Single Standard", sku = "S7", meter = "10 DTUs", included_gb = 250, storage = "Standard" }
    S9    = { product = "SQL Database Single Standard", sku = "S9", meter = "10 DTUs", included_gb = 250, storage = "Standard" }
    S12   = { product = "SQL Database Single Standard", sku = "S12", meter = "10 DTUs", included_gb = 250, storage = "Standard" }
    P1    = { product = "SQL Database Single Premium", sku = "P1", meter = "P1 DTU", included_gb = 500, storage = "Premium" }
    P2    = { product = "SQL Database Single Premium", sku = "P2", meter = "P2 DTU", included_gb = 500, storage = "Premium" }
    P4    = { product = "SQL Database Single Premium", sku = "P4", meter = "P4 DTU", included_gb = 500, storage = "Premium" }
    P6    = { product = "SQL Database Single Premium", sku = "P6", meter = "P6 DTU", included_gb = 500, storage = "Premium" }
    P11   = { product = "SQL Database Single Premium", sku = "P11", meter = "P11 DTU", included_gb = 4096, storage = "Premium" }
    P15   = { product = "SQL Database Single Premium", sku = "P15", meter = "P15 DTU", included_gb = 4096, storage = "Premium" }
  }
}

# Storage that a Premium pool includes, in GB, by its eDTUs.
table "mssql_premium_pool" {
  rows = {
    "125"  = 250
    "250"  = 500
    "500"  = 750
    "1000" = 1024
    "1500" = 1536
    "2000" = 2048
    "2500" = 2560
    "3000" = 3072
    "3500" = 3584
    "4000" = 4096
  }
}

# Where backups are kept, as a plan and as the price list call it.
table "mssql_backup" {
  rows = {
    Geo     = "RA-GRS"
    GeoZone = "RA-GZRS"
    Local   = "LRS"
    Zone    = "ZRS"
  }
}

# The storage of a database or pool that is billed by vCore.
template "mssql_storage" {
  # GP, BC or HS.
  input "tier" { type = string }

  # Null: by what is used, which only the service knows.
  input "size_gb" {
    type    = number
    default = null
  }

  input "is_zone_redundant" {
    type    = bool
    default = false
  }

  component "Storage" {
    unit     = "GB"
    quantity = size_gb
    price {
      service = "SQL Database"
      product = tier == "HS" ? "SQL Database Hyperscale - Storage" : (tier == "BC" ? "SQL Database Single/Elastic Pool Business Critical - Storage" : "SQL Database Single/Elastic Pool General Purpose - Storage")
      sku     = tier == "HS" ? "Hyperscale" : (tier == "BC" ? "Business Critical" : (is_zone_redundant == true ? "General Purpose Zone Redundancy" : "General Purpose"))
      meter   = "${tier == "HS" ? "Hyperscale" : (tier == "BC" ? "Business Critical" : (is_zone_redundant == true ? "General Purpose Zone Redundancy" : "General Purpose"))} Data Stored"
    }
  }
}

resource "azurerm_mssql_database" {
  docs = "https://azure.microsoft.com/pricing/details/azure-sql-database/single/"
  # In a pool, the pool is billed.
  free = contains(["ElasticPool", "Free"], known(self.sku_name, "-")) || ref("elastic_pool_id") != null || known(self.elastic_pool_id, "") != ""

  usage {
    # vCore hours a month of a serverless database.
    monthly_vcore_hours = null
    # Long-term retention backups, in GB.
    long_term_retention_storage_gb = null
    # Point-in-time restore backups beyond what is included, in GB.
    backup_storage_gb = null
    # Storage beyond what a DTU size includes, or used by a hyperscale database, in GB.
    extra_data_storage_gb = null
  }

  let {
    # Without a SKU the service creates GP_S_Gen5_2 (portal) or GP_Gen5_2 (API, and so Terraform).
    sku           = known(self.sku_name, "GP_Gen5_2")
    words         = split("_", sku)
    dtu           = table.mssql_dtu[sku]
    is_vcore      = length(words) > 2
    tier          = words[0]
    is_serverless = is_vcore && words[1] == "S"
    hardware      = is_vcore ? join("_", slice(words, 0, length(words) - 1)) : null
    vcores        = is_vcore ? tonumber(words[length(words) - 1]) : null
    compute       = table.mssql_compute[hardware]
    is_zonal      = known(self.zone_redundant, false) && tier == "GP"
    pays_licence  = is_vcore && !is_serverless && tier != "HS" && known(self.license_type, "LicenseIncluded") == "LicenseIncluded"
    replicas      = known(self.read_replica_count, 0)
    backup        = coalesce(table.mssql_backup[coalesce(self.storage_account_type, "Geo")], "RA-GRS")
    size_gb       = known(self.max_size_gb, null)
    extra_gb      = usage.extra_data_storage_gb != null ? usage.extra_data_storage_gb : (size_gb == null ? 0 : max(0, size_gb - dtu.included_gb))
  }

  component "Compute" {
    when     = dtu != null || is_vcore && !is_serverless
    unit     = "hours"
    quantity = 730
    detail   = is_vcore ? "provisioned, ${sku}" : sku
    price {
      service = "SQL Database"
      product = is_vcore ? compute : dtu.product
      sku     = is_vcore ? "1 vCore" : dtu.sku
      meter   = is_vcore ? "vCore" : dtu.meter
      # DTUs are listed by the day.
      times = is_vcore ? vcores : 1 / 24
    }
  }

  component "Zone redundancy" {
    when     = is_zonal && is_vcore && !is_serverless
    unit     = "hours"
    quantity = 730
    detail   = "provisioned, ${sku}"
    price {
      service = "SQL Database"
      product = compute
      sku     = "1 vCore Zone Redundancy"
      meter   = "Zone Redundancy vCore"
      times   = vcores
    }
  }

  component "Compute" {
    when     = is_serverless
    unit     = "vCore-hours"
    quantity = usage.monthly_vcore_hours
    detail   = "serverless, ${sku}"
    price {
      service = "SQL Database"
      product = compute
      sku     = "1 vCore"
      meter   = "vCore"
    }
  }

  component "Zone redundancy" {
    when     = is_serverless && is_zonal
    unit     = "vCore-hours"
    quantity = usage.monthly_vcore_hours
    detail   = "serverless, ${sku}"
    price {
      service = "SQL Database"
      product = compute
      sku     = "1 vCore Zone Redundancy"
      meter   = "Zone Redundancy vCore"
    }
  }

  component "SQL license" {
    when     = pays_licence
    unit     = "vCore-hours"
    quantity = 730 * vcores
    price {
      service = "SQL Database"
      product = "SQL Database Single/Elastic Pool ${tier == "BC" ? "Business Critical" : "General Purpose"} - SQL License"
      sku     = "vCore"
      meter   = "vCore"
    }
  }

  component "Read replicas" {
    when     = tier == "HS" && replicas > 0
    unit     = "hours"
    quantity = 730 * replicas
    price {
      service = "SQL Database"
      product = compute
      sku     = "1 vCore"
      meter   = "vCore"
      times   = vcores
    }
  }

  use "mssql_storage" {
    when = is_vcore
    tier = tier
    # The service's default is 32 GB; hyperscale grows from 10 GB and is billed by what is used.
    size_gb           = size_gb != null ? size_gb : (tier == "HS" ? usage.extra_data_storage_gb : 32)
    is_zone_redundant = is_zonal
  }

  component "Extra data storage" {
    when     = dtu.storage != null && extra_gb > 0
    unit     = "GB"
    quantity = extra_gb
    price {
      service = "SQL Database"
      product = "SQL Database ${dtu.storage} - Storage"
      sku     = dtu.storage
      meter   = "Data Stored"
    }
  }

  component "Long-term retention" {
    unit     = "GB"
    quantity = usage.long_term_retention_storage_gb
    detail   = backup
    price {
      service = "SQL Database"
      product = "SQL Database - LTR Backup Storage"
      sku     = "Backup ${backup}"
      meter   = "Backup ${backup} Data Stored"
    }
  }

  component "PITR backup storage" {
    unit     = "GB"
    quantity = usage.backup_storage_gb
    detail   = backup
    price {
      service = "SQL Database"
      product = "SQL Database Single/Elastic Pool PITR Backup Storage"
      sku     = "Backup ${backup}"
      meter   = "${backup} Data Stored"
    }
  }

  example "four general purpose vCores with their licence" {
    region = "westeurope"
    self   = { sku_name = "GP_Gen5_4", max_size_gb = 50 }
    expect = {
      "Compute"             = 730
      "SQL license"         = 2920
      "Storage"             = 50
      "Long-term retention" = null
      "PITR backup storage" = null
    }
  }

  example "an owned licence, zone redundancy, local backups" {
    region = "westeurope"
    self   = { sku_name = "GP_Gen5_2", license_type = "BasePrice", zone_redundant = true, storage_account_type = "Local" }
    usage  = { backup_storage_gb = 10 }
    expect = {
      "Compute"             = 730
      "Zone redundancy"     = 730
      "Storage"             = 32
      "Long-term retention" = null
      "PITR backup storage" = 10
    }
  }

  example "serverless" {
    region = "westeurope"
    self   = { sku_name = "GP_S_Gen5_2", max_size_gb = 5 }
    usage  = { monthly_vcore_hours = 38 }
    expect = {
      "Compute"             = 38
      "Storage"             = 5
      "Long-term retention" = null
      "PITR backup storage" = null
    }
  }

  example "serverless over zones" {
    region = "westeurope"
    self   = { sku_name = "GP_S_Gen5_4", zone_redundant = true }
    expect = {
      "Compute"             = null
      "Zone redundancy"     = null
      "Storage"             = 32
      "Long-term retention" = null
      "PITR backup storage" = null
    }
  }

  example "hyperscale with a replica" {
    region = "westeurope"
    self   = { sku_name = "HS_Gen5_2", read_replica_count = 1 }
    expect = {
      "Compute"             = 730
      "Read replicas"       = 730
      "Storage"             = null
      "Long-term retention" = null
      "PITR backup storage" = null
    }
  }

  example "DTUs with more storage than included" {
    region = "westeurope"
    self   = { sku_name = "S3", max_size_gb = 500 }
    expect = {
      "Compute"             = 730
      "Extra data storage"  = 250
      "Long-term retention" = null
      "PITR backup storage" = null
    }
  }

  example "in a pool nothing is billed" {
    region = "westeurope"
    self   = { sku_name = "ElasticPool" }
    expect = {}
  }
}

resource "azurerm_mssql_elasticpool" {
  docs = "https://azure.microsoft.com/pricing/details/azure-sql-database/elastic/"

  let {
    sku      = self.sku[0].name
    words    = split("_", sku)
    is_vcore = length(words) > 1
    tier     = words[0]
    size     = self.sku[0].capacity
    compute  = table.mssql_compute[sku]
    kind     = trimsuffix(sku, "Pool")
    is_zonal = known(self.zone_redundant, false) && tier == "GP"
    # A Basic pool cannot have more than it includes; a Standard pool includes 1 GB per eDTU.
    included = kind == "Standard" ? size : (kind == "Premium" ? table.mssql_premium_pool[tostring(size)] : null)
    extra_gb = included == null ? null : max(0, coalesce(known(self.max_size_gb, null), 0) - included)
  }

  component "Compute" {
    unit     = "hours"
    quantity = 730
    detail   = is_vcore ? "${sku}, ${size} vCore" : "${kind}, ${size} DTUs"
    price {
      service = "SQL Database"
      product = is_vcore ? compute : "SQL Database Elastic Pool - ${kind}"
      sku     = is_vcore ? "1 vCore" : "${size} DTU Pack"
      meter   = is_vcore ? "vCore" : "eDTUs"
      times   = is_vcore ? size : 1 / 24
    }
  }

  component "Zone redundancy" {
    when     = is_vcore && is_zonal
    unit     = "hours"
    quantity = 730
    detail   = "${sku}, ${size} vCore"
    price {
      service = "SQL Database"
      product = compute
      sku     = "1 vCore Zone Redundancy"
      meter   = "Zone Redundancy vCore"
      times   = size
    }
  }

  component "SQL license" {
    when     = is_vcore && tier != "HS" && known(self.license_type, "LicenseIncluded") == "LicenseIncluded"
    unit     = "vCore-hours"
    quantity = 730 * size
    price {
      service = "SQL Database"
      product = "SQL Database Single/Elastic Pool ${tier == "BC" ? "Business Critical" : "General Purpose"} - SQL License"
      sku     = "vCore"
      meter   = "vCore"
    }
  }

  use "mssql_storage" {
    when              = is_vcore
    tier              = tier
    size_gb           = known(self.max_size_gb, null)
    is_zone_redundant = is_zonal
  }

  component "Extra data storage" {
    when     = !is_vcore && extra_gb > 0
    unit     = "GB"
    quantity = extra_gb
    price {
      service = "SQL Database"
      product = "SQL Database ${kind} - Storage"
      sku     = kind
      meter   = "Data Stored"
    }
  }

  example "a pool of vCores" {
    region = "westeurope"
    self   = { sku = [{ name = "GP_Gen5", tier = "GeneralPurpose", family = "Gen5", capacity = 4 }], max_size_gb = 100, license_type = "LicenseIncluded" }
    expect = { "Compute" = 730, "SQL license" = 2920, "Storage" = 100 }
  }

  example "a pool of eDTUs with more storage than included" {
    region = "westeurope"
    self   = { sku = [{ name = "StandardPool", tier = "Standard", capacity = 200 }], max_size_gb = 300 }
    expect = { "Compute" = 730, "Extra data storage" = 100 }
  }

  example "a premium pool" {
    region = "westeurope"
    self   = { sku = [{ name = "PremiumPool", tier = "Premium", capacity = 500 }], max_size_gb = 1024 }
    expect = { "Compute" = 730, "Extra data storage" = 274 }
  }

  example "a basic pool" {
    region = "westeurope"
    self   = { sku = [{ name = "BasicPool", tier = "Basic", capacity = 100 }], max_size_gb = 9.765625 }
    expect = { "Compute" = 730 }
  }

  example "an owned licence, redundant over zones" {
    region = "westeurope"
    self   = { sku = [{ name = "GP_Gen5", tier = "GeneralPurpose", family = "Gen5", capacity = 4 }], max_size_gb = 100, license_type = "BasePrice", zone_redundant = true }
    expect = { "Compute" = 730, "Zone redundancy" = 730, "Storage" = 100 }
  }
}
