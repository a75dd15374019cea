case "365 a month for the machine alone" {
  resource "azurerm_windows_virtual_machine" "vm" {
    location = "westeurope"
    size     = "Standard_E4ads_v5"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 128
    }
  }
  finds = { "azurerm_windows_virtual_machine.vm" = null }
}

case "a small one, one of Spot, and one for office hours" {
  usage = { "azurerm_windows_virtual_machine.hours" = { monthly_hrs = 220 } }
  resource "azurerm_linux_virtual_machine" "small" {
    location = "westeurope"
    size     = "Standard_D2s_v5"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 128
    }
  }
  resource "azurerm_windows_virtual_machine" "spot" {
    location = "westeurope"
    size     = "Standard_E4ads_v5"
    priority = "Spot"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 128
    }
  }
  resource "azurerm_windows_virtual_machine" "hours" {
    location = "westeurope"
    size     = "Standard_E4ads_v5"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 128
    }
  }
  finds = {}
}

case "outside production" {
  project = "shop-dev"
  resource "azurerm_windows_virtual_machine" "vm" {
    location = "westeurope"
    size     = "Standard_E4ads_v5"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 128
    }
  }
  finds = {}
}
