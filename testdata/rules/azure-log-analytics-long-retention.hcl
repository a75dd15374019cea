case "a year" {
  resource "azurerm_log_analytics_workspace" "logs" {
    location          = "westeurope"
    sku               = "PerGB2018"
    retention_in_days = 365
  }
  finds = { "azurerm_log_analytics_workspace.logs" = null }
}

case "more than the three months of Sentinel" {
  resource "azurerm_log_analytics_workspace" "logs" {
    location          = "westeurope"
    retention_in_days = 180
  }
  resource "azurerm_sentinel_log_analytics_workspace_onboarding" "soc" {
    workspace_id = azurerm_log_analytics_workspace.logs.id
  }
  finds = { "azurerm_log_analytics_workspace.logs" = null }
}

case "a month, and three months with Sentinel" {
  resource "azurerm_log_analytics_workspace" "short" {
    location          = "westeurope"
    retention_in_days = 30
  }
  resource "azurerm_log_analytics_workspace" "logs" {
    location          = "westeurope"
    retention_in_days = 90
  }
  resource "azurerm_log_analytics_solution" "soc" {
    location              = "westeurope"
    solution_name         = "SecurityInsights"
    workspace_resource_id = azurerm_log_analytics_workspace.logs.id
  }
  finds = {}
}
