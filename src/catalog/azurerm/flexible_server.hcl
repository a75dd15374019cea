# Burstable sizes: their meters in the price lists of PostgreSQL and MySQL.
table "postgresql_burstable" {
  rows = {
    B1ms  = { sku = "B1MS", meter = "B1MS" }
    B2s   = { sku = "B2S", meter = "B2S" }
    B2ms  = { sku = "B2ms", meter = "B2ms vCore" }
    B4ms  = { sku = "B4ms", meter = "B4ms vCore" }
    B8ms  = { sku = "B8ms", meter = "B8ms vCore" }
    B12ms = { sku = "B12ms", meter = "B12ms vCore" }
    B16ms = { sku = "B16ms", meter = "B16ms vCore" }
    B20ms = { sku = "B20ms", meter = "B20ms vCore" }
  }
}

table "mysql_burstable" {
  rows = {
    B1ms  = { sku = "B1MS", meter = "B1MS" }
    B1s   = { sku = "Basic", meter = "Basic" }
    B2s   = { sku = "B2S", meter = "B2S" }
    B2ms  = { sku = "Standard_B2ms2", meter = "B2MS" }
    B4ms  = { sku = "Standard_B4ms", meter = "B4MS" }
    B8ms  = { sku = "Standard_B8ms", meter = "B8MS" }
    B12ms = { sku = "Standard_B12ms", meter = "B12MS" }
    B16ms = { sku = "Standard_B16ms", meter = "B16MS" }
    B20ms = { sku = "Standard_B20ms", meter = "B20MS" }
  }
}

# `GP_Standard_D4ds_v4`: GP is the tier, `Ddsv4` the series, 4 the number of vCores.
resource "azurerm_postgresql_flexible_server" {
  docs = "https://azure.microsoft.com/pricing/details/postgresql/flexible-server/"

  usage {
    # Backups beyond the server's storage, in GB; twice the size if they are geo-redundant.
    additional_backup_storage_gb = null
  }

  let {
    tier      = split("_", self.sku_name)[0]
    size      = split("_", self.sku_name)[2]
    version   = length(split("_", self.sku_name)) > 3 ? split("_", self.sku_name)[3] : ""
    series    = "${replace(size, "/[0-9]+/", "")}${version}"
    vcores    = tonumber(regex("[0-9]+", size))
    burstable = table.postgresql_burstable[size]
    # A standby costs as much as the server.
    servers    = length(coalesce(self.high_availability, [])) > 0 ? 2 : 1
    storage_gb = known(self.storage_mb, 32768) / 1024
  }

  component "Compute" {
    unit     = "hours"
    quantity = 730 * servers
    detail   = self.sku_name
    price {
      service = "Azure Database for PostgreSQL"
      product = tier == "B" ? "Azure Database for PostgreSQL Flexible Server Burstable BS Series Compute" : "Azure Database for PostgreSQL Flexible Server ${tier == "GP" ? "General Purpose" : "Memory Optimized"} ${series} Series Compute"
      sku     = tier == "B" ? burstable.sku : "1 vCore"
      meter   = tier == "B" ? burstable.meter : (version == "v6" || series == "Ebdsv5" ? "1 vCore" : "vCore")
      times   = tier == "B" ? 1 : vcores
    }
  }

  component "Storage" {
    unit     = "GB"
    quantity = storage_gb * servers
    price {
      service = "Azure Database for PostgreSQL"
      product = "Az DB for PostgreSQL Flexible Server Storage"
      sku     = "Storage"
      meter   = "Storage Data Stored"
    }
  }

  component "Additional backup storage" {
    unit     = "GB"
    quantity = usage.additional_backup_storage_gb
    price {
      service = "Azure Database for PostgreSQL"
      product = "Azure Database for PostgreSQL Flexible Server Backup Storage"
      sku     = "Backup Storage LRS"
      meter   = "Backup Storage LRS Data Stored"
    }
  }

  example "a burstable server" {
    region = "westeurope"
    self   = { sku_name = "B_Standard_B1ms", storage_mb = 131072 }
    usage  = { additional_backup_storage_gb = 210 }
    expect = { "Compute" = 730, "Storage" = 128, "Additional backup storage" = 210 }
  }

  example "general purpose with a standby" {
    region = "westeurope"
    self   = { sku_name = "GP_Standard_D4s_v3", storage_mb = 65536, high_availability = [{ mode = "ZoneRedundant" }] }
    expect = { "Compute" = 1460, "Storage" = 128, "Additional backup storage" = null }
  }

  example "memory optimized, storage by default" {
    region = "westeurope"
    self   = { sku_name = "MO_Standard_E4ds_v5" }
    expect = { "Compute" = 730, "Storage" = 32, "Additional backup storage" = null }
  }
}

# The price list has one product for D?ds_v4 and E?ds_v4, one per series after that, and for E?ds_v5 a meter per size.
resource "azurerm_mysql_flexible_server" {
  docs = "https://azure.microsoft.com/pricing/details/mysql/flexible-server/"

  usage {
    # Backups beyond the server's storage, in GB; twice the size if they are geo-redundant.
    additional_backup_storage_gb = null
  }

  let {
    tier       = split("_", self.sku_name)[0]
    size       = split("_", self.sku_name)[2]
    version    = length(split("_", self.sku_name)) > 3 ? split("_", self.sku_name)[3] : ""
    series     = "${replace(size, "/[0-9]+/", "")}${version}"
    vcores     = tonumber(regex("[0-9]+", size))
    burstable  = table.mysql_burstable[size]
    is_by_size = series == "Edsv5"
    is_old     = version == "v4"
    servers    = length(coalesce(self.high_availability, [])) > 0 ? 2 : 1
    storage_gb = known(self.storage[0].size_gb, 20)
    # 300 IOPS and 3 per GB are included.
    extra_iops = max(0, known(self.storage[0].iops, 0) - (300 + 3 * storage_gb))
    purpose    = tier == "GP" ? "General Purpose" : "Memory Optimized"
  }

  component "Compute" {
    unit     = "hours"
    quantity = 730 * servers
    detail   = self.sku_name
    price {
      service = "Azure Database for MySQL"
      product = tier == "B" ? "Azure Database for MySQL Flexible Server Burstable BS Series Compute" : "Azure Database for MySQL Flexible Server ${purpose} ${is_old ? "" : "${series} "}Series Compute"
      sku     = tier == "B" ? burstable.sku : (is_by_size ? "Standard_E${vcores}d_v5" : "1 vCore")
      meter   = tier == "B" ? burstable.meter : (is_by_size ? "${vcores} vCore" : (is_old ? "vCore" : "1 vCore"))
      times   = tier == "B" || is_by_size ? 1 : vcores
    }
  }

  component "Storage" {
    unit     = "GB"
    quantity = storage_gb * servers
    price {
      service = "Azure Database for MySQL"
      product = "Azure Database for MySQL Flexible Server Storage"
      sku     = "Storage"
      meter   = "Storage Data Stored"
    }
  }

  component "Additional IOPS" {
    when     = extra_iops > 0
    unit     = "IOPS"
    quantity = extra_iops * servers
    price {
      service = "Azure Database for MySQL"
      product = "Azure Database for MySQL Flexible Server Storage"
      sku     = "Additional IOPS"
      meter   = "Additional IOPS"
    }
  }

  component "Additional backup storage" {
    unit     = "GB"
    quantity = usage.additional_backup_storage_gb
    price {
      service = "Azure Database for MySQL"
      product = "Azure Database for MySQL Flexible Server Backup Storage"
      sku     = "Backup Storage LRS"
      meter   = "Backup Storage LRS Data Stored"
    }
  }

  example "a burstable server" {
    region = "westeurope"
    self   = { sku_name = "B_Standard_B1ms", storage = [{ size_gb = 30, iops = 360 }] }
    expect = { "Compute" = 730, "Storage" = 30, "Additional backup storage" = null }
  }

  example "more IOPS than included" {
    region = "westeurope"
    self   = { sku_name = "MO_Standard_E4ds_v4", storage = [{ size_gb = 20, iops = 500 }] }
    usage  = { additional_backup_storage_gb = 200 }
    expect = { "Compute" = 730, "Storage" = 20, "Additional IOPS" = 140, "Additional backup storage" = 200 }
  }

  example "newer series" {
    region = "westeurope"
    self   = { sku_name = "GP_Standard_D2ads_v5" }
    expect = { "Compute" = 730, "Storage" = 20, "Additional backup storage" = null }
  }

  example "a standby, and a meter per size" {
    region = "westeurope"
    self   = { sku_name = "MO_Standard_E4ds_v5", high_availability = [{ mode = "SameZone" }] }
    expect = { "Compute" = 1460, "Storage" = 40, "Additional backup storage" = null }
  }
}
