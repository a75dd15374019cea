case "a terabyte with a copy in the paired region" {
  resource "azurerm_storage_account" "data" {
    location                 = "westeurope"
    account_tier             = "Standard"
    account_replication_type = "GRS"
    tags                     = { environment = "staging" }
  }
  usage = {
    "azurerm_storage_account.data" = {
      storage_gb                                   = 1000
      monthly_write_operations                     = 2000000
      monthly_list_and_create_container_operations = 0
      monthly_read_operations                      = 5000000
      monthly_other_operations                     = 0
      blob_index_tags                              = 0
    }
  }
  finds = { "azurerm_storage_account.data" = 1000 * (0.0392 - 0.0196) + 200 * (0.108 - 0.054) }
}

case "nobody says how much is stored" {
  resource "azurerm_storage_account" "data" {
    location                 = "westeurope"
    account_tier             = "Standard"
    account_replication_type = "RAGZRS"
    tags                     = { environment = "staging" }
  }
  finds = { "azurerm_storage_account.data" = null }
}

case "production" {
  resource "azurerm_storage_account" "data" {
    location                 = "westeurope"
    account_tier             = "Standard"
    account_replication_type = "GRS"
    tags                     = { environment = "production" }
  }
  finds = {}
}

case "one region already" {
  resource "azurerm_storage_account" "data" {
    location                 = "westeurope"
    account_tier             = "Standard"
    account_replication_type = "ZRS"
    tags                     = { environment = "staging" }
  }
  finds = {}
}
