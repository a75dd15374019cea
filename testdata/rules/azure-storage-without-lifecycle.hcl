case "no policy" {
  resource "azurerm_storage_account" "logs" {
    location                 = "westeurope"
    account_tier             = "Standard"
    account_replication_type = "LRS"
  }
  finds = { "azurerm_storage_account.logs" = null }
}

case "no policy, and every version kept" {
  resource "azurerm_storage_account" "logs" {
    location                 = "westeurope"
    account_kind             = "StorageV2"
    account_tier             = "Standard"
    account_replication_type = "LRS"
    blob_properties {
      versioning_enabled = true
    }
  }
  finds = { "azurerm_storage_account.logs" = null }
}

case "logs move and go" {
  resource "azurerm_storage_account" "logs" {
    location                 = "westeurope"
    account_tier             = "Standard"
    account_replication_type = "LRS"
  }
  resource "azurerm_storage_management_policy" "logs" {
    storage_account_id = azurerm_storage_account.logs.id
    rule {
      name    = "age"
      enabled = true
      filters {
        blob_types = ["blockBlob"]
      }
      actions {
        base_blob {
          tier_to_cool_after_days_since_modification_greater_than = 30
          delete_after_days_since_modification_greater_than       = 365
        }
      }
    }
  }
  finds = {}
}

case "premium files have no tiers" {
  resource "azurerm_storage_account" "files" {
    location                 = "westeurope"
    account_kind             = "FileStorage"
    account_tier             = "Premium"
    account_replication_type = "LRS"
  }
  finds = {}
}
