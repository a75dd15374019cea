case "a Linux machine" {
  resource "azurerm_linux_virtual_machine" "web" {
    location = "westeurope"
    size     = "Standard_D4s_v5"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 30
    }
  }
  finds = { "azurerm_linux_virtual_machine.web" = 730 * (0.23 - 0.208) }
}

case "the Windows licence costs the same on both" {
  resource "azurerm_windows_virtual_machine" "app" {
    location = "westeurope"
    size     = "Standard_E4ds_v5"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 128
    }
  }
  finds = { "azurerm_windows_virtual_machine.app" = 730 * (0.53 - 0.5) }
}

case "a scale set" {
  resource "azurerm_linux_virtual_machine_scale_set" "web" {
    location  = "westeurope"
    sku       = "Standard_B2s_v2"
    instances = 3
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 30
    }
  }
  finds = { "azurerm_linux_virtual_machine_scale_set.web" = 3 * 730 * (0.096 - 0.0864) }
}

case "a node pool" {
  resource "azurerm_kubernetes_cluster" "aks" {
    location   = "westeurope"
    dns_prefix = "aks"
    default_node_pool {
      name       = "system"
      vm_size    = "Standard_D2s_v5"
      node_count = 1
    }
  }
  resource "azurerm_kubernetes_cluster_node_pool" "work" {
    kubernetes_cluster_id = azurerm_kubernetes_cluster.aks.id
    vm_size               = "Standard_D4s_v6"
    node_count            = 2
    os_disk_size_gb       = 128
  }
  finds = { "azurerm_kubernetes_cluster_node_pool.work" = 2 * 730 * (0.242 - 0.22) }
}

case "AMD already, Arm, and a size that AMD lacks" {
  resource "azurerm_linux_virtual_machine" "amd" {
    location = "westeurope"
    size     = "Standard_D4as_v5"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 30
    }
  }
  resource "azurerm_linux_virtual_machine" "arm" {
    location = "westeurope"
    size     = "Standard_D4ps_v6"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 30
    }
  }
  resource "azurerm_linux_virtual_machine" "large" {
    location = "westeurope"
    size     = "Standard_D128s_v6"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 30
    }
  }
  finds = {}
}
