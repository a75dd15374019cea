case "nothing refers to it" {
  resource "azurerm_managed_disk" "old" {
    location             = "westeurope"
    create_option        = "Empty"
    storage_account_type = "Premium_LRS"
    disk_size_gb         = 128
  }
  finds = { "azurerm_managed_disk.old" = 21.68 }
}

case "a snapshot is no use of it" {
  resource "azurerm_managed_disk" "old" {
    location             = "westeurope"
    create_option        = "Empty"
    storage_account_type = "StandardSSD_LRS"
    disk_size_gb         = 128
  }
  resource "azurerm_snapshot" "old" {
    location           = "westeurope"
    create_option      = "Copy"
    source_resource_id = azurerm_managed_disk.old.id
  }
  usage = { "azurerm_managed_disk.old" = { monthly_disk_operations = 0 } }
  finds = { "azurerm_managed_disk.old" = 9.6 }
}

case "attached as data, and as the system disk" {
  resource "azurerm_managed_disk" "data" {
    location             = "westeurope"
    create_option        = "Empty"
    storage_account_type = "Premium_LRS"
    disk_size_gb         = 128
  }
  resource "azurerm_managed_disk" "os" {
    location             = "westeurope"
    create_option        = "Copy"
    storage_account_type = "Premium_LRS"
    disk_size_gb         = 128
  }
  resource "azurerm_linux_virtual_machine" "web" {
    location           = "westeurope"
    size               = "Standard_D4as_v5"
    os_managed_disk_id = azurerm_managed_disk.os.id
    os_disk {
      caching = "ReadWrite"
    }
  }
  resource "azurerm_virtual_machine_data_disk_attachment" "data" {
    managed_disk_id    = azurerm_managed_disk.data.id
    virtual_machine_id = azurerm_linux_virtual_machine.web.id
    lun                = 0
    caching            = "None"
  }
  finds = {}
}
