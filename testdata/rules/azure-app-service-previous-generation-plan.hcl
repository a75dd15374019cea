case "two Linux instances of Premium v2" {
  resource "azurerm_service_plan" "web" {
    location     = "westeurope"
    os_type      = "Linux"
    sku_name     = "P1v2"
    worker_count = 2
  }
  finds = { "azurerm_service_plan.web" = 2 * 730 * (0.115 - 0.089) }
}

case "Standard on Linux in production" {
  resource "azurerm_service_plan" "web" {
    location = "westeurope"
    os_type  = "Linux"
    sku_name = "S2"
    tags     = { environment = "production" }
  }
  finds = { "azurerm_service_plan.web" = 730 * (0.19 - 0.178) }
}

case "Windows on Premium v2" {
  resource "azurerm_service_plan" "web" {
    location = "westeurope"
    os_type  = "Windows"
    sku_name = "P3v2"
  }
  finds = { "azurerm_service_plan.web" = 730 * (0.8 - 0.676) }
}

case "Standard on Windows is cheaper than its successor" {
  resource "azurerm_service_plan" "web" {
    location = "westeurope"
    os_type  = "Windows"
    sku_name = "S1"
  }
  finds = {}
}

case "Premium v3 already" {
  resource "azurerm_service_plan" "web" {
    location = "westeurope"
    os_type  = "Linux"
    sku_name = "P1v3"
  }
  finds = {}
}
