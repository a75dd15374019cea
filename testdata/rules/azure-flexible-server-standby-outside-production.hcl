case "PostgreSQL over two zones in development" {
  resource "azurerm_postgresql_flexible_server" "db" {
    location   = "westeurope"
    sku_name   = "GP_Standard_D4ds_v5"
    storage_mb = 131072
    tags       = { environment = "dev" }
    high_availability {
      mode = "ZoneRedundant"
    }
  }
  usage = { "azurerm_postgresql_flexible_server.db" = { additional_backup_storage_gb = 0 } }
  finds = { "azurerm_postgresql_flexible_server.db" = 730 * 4 * 0.106 + 128 * 0.1369 }
}

case "MySQL with a standby in the same zone, backups unknown" {
  project = "shop-test"
  resource "azurerm_mysql_flexible_server" "db" {
    location = "westeurope"
    sku_name = "GP_Standard_D2ds_v5"
    storage {
      size_gb = 64
    }
    high_availability {
      mode = "SameZone"
    }
  }
  finds = { "azurerm_mysql_flexible_server.db" = 730 * 2 * 0.1015 + 64 * 0.1369 }
}

case "production keeps its standby" {
  resource "azurerm_postgresql_flexible_server" "db" {
    location   = "westeurope"
    sku_name   = "GP_Standard_D4ds_v5"
    storage_mb = 131072
    tags       = { environment = "production" }
    high_availability {
      mode = "ZoneRedundant"
    }
  }
  finds = {}
}

case "a single server" {
  resource "azurerm_postgresql_flexible_server" "db" {
    location   = "westeurope"
    sku_name   = "GP_Standard_D4ds_v5"
    storage_mb = 131072
    tags       = { environment = "dev" }
  }
  finds = {}
}
