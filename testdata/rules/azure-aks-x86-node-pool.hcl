case "three nodes on Intel" {
  resource "azurerm_kubernetes_cluster" "aks" {
    location   = "westeurope"
    dns_prefix = "aks"
    default_node_pool {
      name       = "system"
      vm_size    = "Standard_B2s_v2"
      node_count = 1
    }
  }
  resource "azurerm_kubernetes_cluster_node_pool" "work" {
    kubernetes_cluster_id = azurerm_kubernetes_cluster.aks.id
    vm_size               = "Standard_D4s_v5"
    node_count            = 3
    os_disk_size_gb       = 128
  }
  finds = { "azurerm_kubernetes_cluster_node_pool.work" = 3 * 730 * (0.23 - 0.184) }
}

case "the first pool, on AMD" {
  resource "azurerm_kubernetes_cluster" "aks" {
    location   = "westeurope"
    dns_prefix = "aks"
    default_node_pool {
      name            = "system"
      vm_size         = "Standard_D4as_v6"
      node_count      = 2
      os_disk_size_gb = 128
    }
  }
  finds = { "azurerm_kubernetes_cluster.aks" = 2 * 730 * (0.22 - 0.168) }
}

case "Windows, Arm, and a size with more memory than Arm has" {
  resource "azurerm_kubernetes_cluster" "aks" {
    location   = "westeurope"
    dns_prefix = "aks"
    default_node_pool {
      name       = "system"
      vm_size    = "Standard_D4ps_v6"
      node_count = 2
    }
  }
  resource "azurerm_kubernetes_cluster_node_pool" "win" {
    kubernetes_cluster_id = azurerm_kubernetes_cluster.aks.id
    vm_size               = "Standard_D4s_v5"
    node_count            = 1
    os_type               = "Windows"
  }
  resource "azurerm_kubernetes_cluster_node_pool" "large" {
    kubernetes_cluster_id = azurerm_kubernetes_cluster.aks.id
    vm_size               = "Standard_D64s_v5"
    node_count            = 1
  }
  finds = {}
}
