case "four vCores with their licence in a test environment" {
  resource "azurerm_mssql_server" "sql" {
    location = "westeurope"
    version  = "12.0"
  }
  resource "azurerm_mssql_database" "db" {
    server_id      = azurerm_mssql_server.sql.id
    sku_name       = "BC_Gen5_4"
    max_size_gb    = 100
    zone_redundant = true
    read_scale     = true
    tags           = { environment = "test" }
  }
  finds = { "azurerm_mssql_database.db" = 730 * 4 * (0.334879 - 0.167439) + 730 * 4 * (0.375 - 0.099966) + 100 * (0.2975 - 0.13685) }
}

case "a licence that is owned" {
  project = "shop-staging"
  resource "azurerm_mssql_server" "sql" {
    location = "westeurope"
    version  = "12.0"
  }
  resource "azurerm_mssql_database" "db" {
    server_id    = azurerm_mssql_server.sql.id
    sku_name     = "BC_Gen5_2"
    license_type = "BasePrice"
    max_size_gb  = 50
  }
  finds = { "azurerm_mssql_database.db" = 730 * 2 * (0.334879 - 0.167439) + 50 * (0.2975 - 0.13685) }
}

case "production, and General Purpose" {
  resource "azurerm_mssql_server" "sql" {
    location = "westeurope"
    version  = "12.0"
  }
  resource "azurerm_mssql_database" "live" {
    server_id = azurerm_mssql_server.sql.id
    sku_name  = "BC_Gen5_4"
    tags      = { environment = "production" }
  }
  resource "azurerm_mssql_database" "db" {
    server_id = azurerm_mssql_server.sql.id
    sku_name  = "GP_Gen5_4"
    tags      = { environment = "test" }
  }
  finds = {}
}
