case "a Linux plan for tests" {
  resource "azurerm_service_plan" "web" {
    location     = "westeurope"
    os_type      = "Linux"
    sku_name     = "P1v3"
    worker_count = 2
    tags         = { environment = "test" }
  }
  finds = { "azurerm_service_plan.web" = 2 * 730 * (0.178 - 0.036) }
}

case "Windows in staging" {
  project = "shop-staging"
  resource "azurerm_service_plan" "web" {
    location = "westeurope"
    os_type  = "Windows"
    sku_name = "S1"
  }
  finds = { "azurerm_service_plan.web" = 730 * (0.1 - 0.075) }
}

case "production, zones, scaling and many instances" {
  resource "azurerm_service_plan" "live" {
    location = "westeurope"
    os_type  = "Linux"
    sku_name = "P1v3"
    tags     = { environment = "prod" }
  }
  resource "azurerm_service_plan" "zones" {
    location               = "westeurope"
    os_type                = "Linux"
    sku_name               = "P1v3"
    worker_count           = 3
    zone_balancing_enabled = true
    tags                   = { environment = "test" }
  }
  resource "azurerm_service_plan" "scaled" {
    location = "westeurope"
    os_type  = "Linux"
    sku_name = "P1v3"
    tags     = { environment = "test" }
  }
  resource "azurerm_monitor_autoscale_setting" "scaled" {
    location           = "westeurope"
    target_resource_id = azurerm_service_plan.scaled.id
  }
  resource "azurerm_service_plan" "many" {
    location     = "westeurope"
    os_type      = "Linux"
    sku_name     = "P1v3"
    worker_count = 6
    tags         = { environment = "test" }
  }
  finds = {}
}
