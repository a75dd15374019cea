case "a test network" {
  resource "azurerm_firewall" "hub" {
    location = "westeurope"
    sku_name = "AZFW_VNet"
    sku_tier = "Premium"
    tags     = { environment = "test" }
  }
  usage = { "azurerm_firewall.hub" = { monthly_data_processed_gb = 1000 } }
  finds = { "azurerm_firewall.hub" = 730 * (1.75 - 1.25) }
}

case "production, and Standard" {
  resource "azurerm_firewall" "live" {
    location = "westeurope"
    sku_name = "AZFW_VNet"
    sku_tier = "Premium"
    tags     = { environment = "prod" }
  }
  resource "azurerm_firewall" "hub" {
    location = "westeurope"
    sku_name = "AZFW_VNet"
    sku_tier = "Standard"
    tags     = { environment = "test" }
  }
  finds = {}
}
