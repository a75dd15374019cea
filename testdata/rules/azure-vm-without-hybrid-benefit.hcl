case "Windows Server by the hour" {
  resource "azurerm_windows_virtual_machine" "app" {
    location = "westeurope"
    size     = "Standard_D4s_v5"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 128
    }
  }
  finds = { "azurerm_windows_virtual_machine.app" = 730 * (0.414 - 0.23) }
}

case "a licence that is owned" {
  resource "azurerm_windows_virtual_machine" "app" {
    location     = "westeurope"
    size         = "Standard_D4s_v5"
    license_type = "Windows_Server"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 128
    }
  }
  finds = {}
}

case "a spot machine" {
  resource "azurerm_windows_virtual_machine" "app" {
    location = "westeurope"
    size     = "Standard_D4s_v5"
    priority = "Spot"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 128
    }
  }
  finds = {}
}
