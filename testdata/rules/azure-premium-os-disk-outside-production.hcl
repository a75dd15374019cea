case "a machine for tests" {
  resource "azurerm_linux_virtual_machine" "web" {
    location = "westeurope"
    size     = "Standard_D4as_v5"
    tags     = { environment = "test" }
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 30
    }
  }
  usage = { "azurerm_linux_virtual_machine.web" = { os_disk = { monthly_disk_operations = 1000000 } } }
  finds = { "azurerm_linux_virtual_machine.web" = 5.8072 - 2.4 - 100 * 0.002 }
}

case "the machines of a scale set" {
  resource "azurerm_linux_virtual_machine_scale_set" "web" {
    location  = "westeurope"
    sku       = "Standard_D4as_v5"
    instances = 3
    tags      = { environment = "test" }
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 128
    }
  }
  usage = { "azurerm_linux_virtual_machine_scale_set.web" = { os_disk = { monthly_disk_operations = 0 } } }
  finds = { "azurerm_linux_virtual_machine_scale_set.web" = 3 * (21.68 - 9.6) }
}

case "nobody says how often the disk is written" {
  resource "azurerm_linux_virtual_machine" "web" {
    location = "westeurope"
    size     = "Standard_D4as_v5"
    tags     = { environment = "test" }
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
    }
  }
  finds = { "azurerm_linux_virtual_machine.web" = null }
}

case "production, a standard disk, and a disk on the host" {
  resource "azurerm_linux_virtual_machine" "live" {
    location = "westeurope"
    size     = "Standard_D4as_v5"
    tags     = { environment = "prod" }
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
    }
  }
  resource "azurerm_linux_virtual_machine" "standard" {
    location = "westeurope"
    size     = "Standard_D4as_v5"
    tags     = { environment = "test" }
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "StandardSSD_LRS"
    }
  }
  resource "azurerm_linux_virtual_machine" "host" {
    location = "westeurope"
    size     = "Standard_D4as_v5"
    tags     = { environment = "test" }
    os_disk {
      caching              = "ReadOnly"
      storage_account_type = "Premium_LRS"
      diff_disk_settings {
        option = "Local"
      }
    }
  }
  finds = {}
}
