# The older servers: `GP_Gen5_4` is General Purpose, generation 5, four vCores.
table "single_server_tier" {
  rows = {
    B  = "Basic"
    GP = "General Purpose"
    MO = "Memory Optimized"
  }
}

template "single_server" {
  # `PostgreSQL` or `MySQL`.
  input "engine" { type = string }

  input "sku" { type = string }

  input "storage_mb" { type = number }

  input "is_geo_redundant" {
    type    = bool
    default = false
  }

  let {
    words   = split("_", sku)
    tier    = table.single_server_tier[words[0]]
    vcores  = tonumber(words[2])
    service = "Azure Database for ${engine}"
    # Storage of memory optimized servers is sold as general purpose.
    storage = words[0] == "B" ? "Basic" : "General Purpose"
    backup  = is_geo_redundant == true ? "GRS" : "LRS"
  }

  component "Compute" {
    unit     = "hours"
    quantity = 730
    detail   = sku
    price {
      service = service
      product = "${service} Single Server ${tier} - Compute ${words[1]}"
      sku     = "1 vCore"
      meter   = "vCore"
      times   = vcores
    }
  }

  component "Storage" {
    unit     = "GB"
    quantity = storage_mb / 1024
    price {
      service = service
      product = "${service} Single Server ${storage} - Storage"
      sku     = storage
      meter   = "${storage} Data Stored"
    }
  }

  component "Additional backup storage" {
    unit     = "GB"
    quantity = usage.additional_backup_storage_gb
    price {
      service = service
      product = "${service} Single Server - Backup Storage"
      sku     = "Backup ${backup}"
      meter   = "Backup ${backup} Data Stored"
    }
  }
}

resource "azurerm_postgresql_server" {
  docs = "https://azure.microsoft.com/pricing/details/postgresql/server/"

  usage {
    # Backups beyond the server's storage, in GB.
    additional_backup_storage_gb = null
  }

  use "single_server" {
    engine           = "PostgreSQL"
    sku              = self.sku_name
    storage_mb       = coalesce(known(self.storage_mb, null), self.storage_profile[0].storage_mb)
    is_geo_redundant = self.geo_redundant_backup_enabled == true
  }

  example "general purpose with backups elsewhere" {
    region = "westeurope"
    self   = { sku_name = "GP_Gen5_4", storage_mb = 4096000, geo_redundant_backup_enabled = true }
    usage  = { additional_backup_storage_gb = 200 }
    expect = { "Compute" = 730, "Storage" = 4000, "Additional backup storage" = 200 }
  }

  example "basic" {
    region = "westeurope"
    self   = { sku_name = "B_Gen5_2", storage_mb = 5120 }
    expect = { "Compute" = 730, "Storage" = 5, "Additional backup storage" = null }
  }
}

resource "azurerm_mysql_server" {
  docs = "https://azure.microsoft.com/pricing/details/mysql/server/"

  usage {
    # Backups beyond the server's storage, in GB.
    additional_backup_storage_gb = null
  }

  use "single_server" {
    engine           = "MySQL"
    sku              = self.sku_name
    storage_mb       = coalesce(known(self.storage_mb, null), self.storage_profile[0].storage_mb)
    is_geo_redundant = self.geo_redundant_backup_enabled == true
  }

  example "memory optimized" {
    region = "westeurope"
    self   = { sku_name = "MO_Gen5_16", storage_mb = 5120 }
    expect = { "Compute" = 730, "Storage" = 5, "Additional backup storage" = null }
  }
}
