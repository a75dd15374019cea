case "a disk of 128 GB in development" {
  resource "azurerm_managed_disk" "data" {
    location             = "westeurope"
    create_option        = "Empty"
    storage_account_type = "Premium_LRS"
    disk_size_gb         = 128
    tags                 = { environment = "dev" }
  }
  usage = { "azurerm_managed_disk.data" = { monthly_disk_operations = 3000000 } }
  finds = { "azurerm_managed_disk.data" = 21.68 - 9.6 - 300 * 0.002 }
}

case "a faster tier goes with it; operations are not known" {
  resource "azurerm_managed_disk" "data" {
    location             = "westeurope"
    create_option        = "Empty"
    storage_account_type = "Premium_LRS"
    disk_size_gb         = 32
    tier                 = "P10"
    tags                 = { environment = "dev" }
  }
  finds = { "azurerm_managed_disk.data" = null }
}

case "so many operations that Premium is cheaper" {
  resource "azurerm_managed_disk" "data" {
    location             = "westeurope"
    create_option        = "Empty"
    storage_account_type = "Premium_LRS"
    disk_size_gb         = 128
    tags                 = { environment = "dev" }
  }
  usage = { "azurerm_managed_disk.data" = { monthly_disk_operations = 100000000 } }
  finds = {}
}

case "production" {
  resource "azurerm_managed_disk" "data" {
    location             = "westeurope"
    create_option        = "Empty"
    storage_account_type = "Premium_LRS"
    disk_size_gb         = 128
    tags                 = { environment = "prod" }
  }
  finds = {}
}
