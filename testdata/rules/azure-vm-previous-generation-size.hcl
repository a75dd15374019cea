case "a machine of the second generation" {
  resource "azurerm_linux_virtual_machine" "web" {
    location = "westeurope"
    size     = "Standard_DS3_v2"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 30
    }
  }
  finds = { "azurerm_linux_virtual_machine.web" = 730 * (0.272 - 0.23) }
}

case "the memory-heavy sizes of that series are E sizes now" {
  resource "azurerm_linux_virtual_machine" "web" {
    location = "westeurope"
    size     = "Standard_D12_v2"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 30
    }
  }
  finds = { "azurerm_linux_virtual_machine.web" = 730 * (0.379 - 0.304) }
}

case "Windows on the third generation" {
  resource "azurerm_windows_virtual_machine" "app" {
    location = "westeurope"
    size     = "Standard_D4s_v3"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 30
    }
  }
  finds = { "azurerm_windows_virtual_machine.app" = 730 * (0.424 - 0.414) }
}

case "the older resource type, on AMD" {
  resource "azurerm_virtual_machine" "old" {
    location = "westeurope"
    vm_size  = "Standard_D4as_v4"
    storage_os_disk {
      name              = "os"
      create_option     = "FromImage"
      managed_disk_type = "Premium_LRS"
      disk_size_gb      = 30
    }
  }
  finds = { "azurerm_virtual_machine.old" = 730 * (0.23 - 0.208) }
}

case "F sizes" {
  resource "azurerm_linux_virtual_machine" "web" {
    location = "westeurope"
    size     = "Standard_F4s"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 30
    }
  }
  finds = { "azurerm_linux_virtual_machine.web" = 730 * (0.227 - 0.194) }
}

case "the fifth generation already" {
  resource "azurerm_linux_virtual_machine" "web" {
    location = "westeurope"
    size     = "Standard_D4s_v5"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 30
    }
  }
  finds = {}
}

case "a disk on the host, which the new size lacks" {
  resource "azurerm_linux_virtual_machine" "web" {
    location = "westeurope"
    size     = "Standard_D4s_v3"
    os_disk {
      caching              = "ReadOnly"
      storage_account_type = "Standard_LRS"
      diff_disk_settings {
        option = "Local"
      }
    }
  }
  finds = {}
}

case "one vCPU has no successor" {
  resource "azurerm_linux_virtual_machine" "web" {
    location = "westeurope"
    size     = "Standard_DS1_v2"
    os_disk {
      caching              = "ReadWrite"
      storage_account_type = "Premium_LRS"
      disk_size_gb         = 30
    }
  }
  finds = {}
}
