case "a container used to a third on average" {
  resource "azurerm_cosmosdb_account" "db" {
    location   = "westeurope"
    offer_type = "Standard"
    geo_location {
      location          = "westeurope"
      failover_priority = 0
    }
  }
  resource "azurerm_cosmosdb_sql_container" "orders" {
    account_name  = azurerm_cosmosdb_account.db.name
    database_name = "shop"
    throughput    = 3500
  }
  usage = { "azurerm_cosmosdb_sql_container.orders" = { storage_gb = 10, max_request_units_utilization_percentage = 30 } }
  finds = { "azurerm_cosmosdb_sql_container.orders" = 730 * (35 * 0.008 - 40 * 0.3 * 0.012) }
}

case "nobody says how much it is used" {
  resource "azurerm_cosmosdb_account" "db" {
    location   = "westeurope"
    offer_type = "Standard"
    geo_location {
      location          = "westeurope"
      failover_priority = 0
    }
  }
  resource "azurerm_cosmosdb_mongo_database" "shop" {
    account_name = azurerm_cosmosdb_account.db.name
    throughput   = 400
  }
  finds = { "azurerm_cosmosdb_mongo_database.shop" = null }
}

case "busy all day" {
  resource "azurerm_cosmosdb_account" "db" {
    location   = "westeurope"
    offer_type = "Standard"
    geo_location {
      location          = "westeurope"
      failover_priority = 0
    }
  }
  resource "azurerm_cosmosdb_sql_container" "orders" {
    account_name  = azurerm_cosmosdb_account.db.name
    database_name = "shop"
    throughput    = 4000
  }
  usage = { "azurerm_cosmosdb_sql_container.orders" = { storage_gb = 10, max_request_units_utilization_percentage = 80 } }
  finds = {}
}

case "autoscale, and throughput shared by the database" {
  resource "azurerm_cosmosdb_account" "db" {
    location   = "westeurope"
    offer_type = "Standard"
    geo_location {
      location          = "westeurope"
      failover_priority = 0
    }
  }
  resource "azurerm_cosmosdb_sql_database" "shop" {
    account_name = azurerm_cosmosdb_account.db.name
    autoscale_settings {
      max_throughput = 4000
    }
  }
  resource "azurerm_cosmosdb_sql_container" "orders" {
    account_name  = azurerm_cosmosdb_account.db.name
    database_name = azurerm_cosmosdb_sql_database.shop.name
  }
  finds = {}
}
