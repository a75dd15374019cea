case "used for 150 vCore hours a month" {
  resource "azurerm_mssql_server" "sql" {
    location = "westeurope"
    version  = "12.0"
  }
  resource "azurerm_mssql_database" "db" {
    server_id   = azurerm_mssql_server.sql.id
    sku_name    = "GP_Gen5_2"
    max_size_gb = 50
    tags        = { environment = "dev" }
  }
  usage = { "azurerm_mssql_database.db" = { monthly_vcore_hours = 150 } }
  finds = { "azurerm_mssql_database.db" = 730 * 2 * (0.167439 + 0.099966) - 150 * 0.573934 }
}

case "nobody says how long it works" {
  resource "azurerm_mssql_server" "sql" {
    location = "westeurope"
    version  = "12.0"
  }
  resource "azurerm_mssql_database" "db" {
    server_id   = azurerm_mssql_server.sql.id
    sku_name    = "GP_Gen5_4"
    max_size_gb = 50
    tags        = { environment = "dev" }
  }
  finds = { "azurerm_mssql_database.db" = null }
}

case "in use almost all the time" {
  resource "azurerm_mssql_server" "sql" {
    location = "westeurope"
    version  = "12.0"
  }
  resource "azurerm_mssql_database" "db" {
    server_id   = azurerm_mssql_server.sql.id
    sku_name    = "GP_Gen5_2"
    max_size_gb = 50
    tags        = { environment = "dev" }
  }
  usage = { "azurerm_mssql_database.db" = { monthly_vcore_hours = 1200 } }
  finds = {}
}

case "production, serverless, and in a pool" {
  resource "azurerm_mssql_server" "sql" {
    location = "westeurope"
    version  = "12.0"
  }
  resource "azurerm_mssql_database" "live" {
    server_id = azurerm_mssql_server.sql.id
    sku_name  = "GP_Gen5_2"
    tags      = { environment = "prod" }
  }
  resource "azurerm_mssql_database" "serverless" {
    server_id = azurerm_mssql_server.sql.id
    sku_name  = "GP_S_Gen5_2"
    tags      = { environment = "dev" }
  }
  resource "azurerm_mssql_elasticpool" "pool" {
    location    = "westeurope"
    max_size_gb = 50
    sku {
      name     = "GP_Gen5"
      tier     = "GeneralPurpose"
      family   = "Gen5"
      capacity = 2
    }
  }
  resource "azurerm_mssql_database" "pooled" {
    server_id       = azurerm_mssql_server.sql.id
    elastic_pool_id = azurerm_mssql_elasticpool.pool.id
    tags            = { environment = "dev" }
  }
  finds = {}
}
