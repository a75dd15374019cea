case "two units of Standard for tests" {
  resource "azurerm_api_management" "api" {
    location = "westeurope"
    sku_name = "Standard_2"
    tags     = { environment = "test" }
  }
  finds = { "azurerm_api_management.api" = 730 * (2 * 0.9407 - 0.0658) }
}

case "Premium with a gateway of its own elsewhere" {
  project = "shop-dev"
  resource "azurerm_api_management" "api" {
    location = "westeurope"
    sku_name = "Premium_1"
  }
  usage = { "azurerm_api_management.api" = { self_hosted_gateway_count = 1 } }
  finds = { "azurerm_api_management.api" = 730 * (3.829 - 0.0658) + 730 * 0.342466 }
}

case "production, two regions, and the developer tier" {
  resource "azurerm_api_management" "live" {
    location = "westeurope"
    sku_name = "Standard_2"
    tags     = { environment = "prod" }
  }
  resource "azurerm_api_management" "spread" {
    location = "westeurope"
    sku_name = "Premium_1"
    tags     = { environment = "test" }
    additional_location {
      location = "northeurope"
    }
  }
  resource "azurerm_api_management" "api" {
    location = "westeurope"
    sku_name = "Developer_1"
    tags     = { environment = "test" }
  }
  finds = {}
}
