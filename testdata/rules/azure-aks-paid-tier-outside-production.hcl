case "the Standard tier in a test environment" {
  resource "azurerm_kubernetes_cluster" "aks" {
    location   = "westeurope"
    dns_prefix = "aks"
    sku_tier   = "Standard"
    tags       = { environment = "test" }
    default_node_pool {
      name       = "system"
      vm_size    = "Standard_D2s_v5"
      node_count = 1
    }
  }
  finds = { "azurerm_kubernetes_cluster.aks" = 730 * 0.1 }
}

case "long-term support in development" {
  project = "shop-dev"
  resource "azurerm_kubernetes_cluster" "aks" {
    location     = "westeurope"
    dns_prefix   = "aks"
    sku_tier     = "Premium"
    support_plan = "AKSLongTermSupport"
    default_node_pool {
      name       = "system"
      vm_size    = "Standard_D2s_v5"
      node_count = 1
    }
  }
  finds = { "azurerm_kubernetes_cluster.aks" = 730 * 0.6 }
}

case "production" {
  resource "azurerm_kubernetes_cluster" "aks" {
    location   = "westeurope"
    dns_prefix = "aks"
    sku_tier   = "Standard"
    tags       = { environment = "prod" }
    default_node_pool {
      name       = "system"
      vm_size    = "Standard_D2s_v5"
      node_count = 1
    }
  }
  finds = {}
}

case "the free tier" {
  resource "azurerm_kubernetes_cluster" "aks" {
    location   = "westeurope"
    dns_prefix = "aks"
    tags       = { environment = "test" }
    default_node_pool {
      name       = "system"
      vm_size    = "Standard_D2s_v5"
      node_count = 1
    }
  }
  finds = {}
}
