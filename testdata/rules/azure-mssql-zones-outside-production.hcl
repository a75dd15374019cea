case "a database over three zones in staging" {
  resource "azurerm_mssql_server" "sql" {
    location = "westeurope"
    version  = "12.0"
  }
  resource "azurerm_mssql_database" "db" {
    server_id      = azurerm_mssql_server.sql.id
    sku_name       = "GP_Gen5_4"
    max_size_gb    = 100
    zone_redundant = true
    tags           = { environment = "staging" }
  }
  finds = { "azurerm_mssql_database.db" = 730 * 4 * 0.100463 + 100 * (0.274 - 0.13685) }
}

case "a pool" {
  resource "azurerm_mssql_elasticpool" "pool" {
    location       = "westeurope"
    max_size_gb    = 50
    zone_redundant = true
    tags           = { environment = "staging" }
    sku {
      name     = "GP_Gen5"
      tier     = "GeneralPurpose"
      family   = "Gen5"
      capacity = 2
    }
  }
  finds = { "azurerm_mssql_elasticpool.pool" = 730 * 2 * 0.100463 + 50 * (0.274 - 0.13685) }
}

case "production, and zones that cost nothing" {
  resource "azurerm_mssql_server" "sql" {
    location = "westeurope"
    version  = "12.0"
  }
  resource "azurerm_mssql_database" "live" {
    server_id      = azurerm_mssql_server.sql.id
    sku_name       = "GP_Gen5_4"
    zone_redundant = true
    tags           = { environment = "production" }
  }
  resource "azurerm_mssql_database" "critical" {
    server_id      = azurerm_mssql_server.sql.id
    sku_name       = "BC_Gen5_4"
    zone_redundant = true
    tags           = { environment = "staging" }
  }
  finds = {}
}
