rule "azure-premium-os-disk-outside-production" {
  title = "Premium system disk outside production"
  on = [
    "azurerm_linux_virtual_machine",
    "azurerm_windows_virtual_machine",
    "azurerm_linux_virtual_machine_scale_set",
    "azurerm_windows_virtual_machine_scale_set",
  ]
  severity = "warning"

  table "standard" {
    rows = {
      "Premium_LRS" = "StandardSSD_LRS"
      "Premium_ZRS" = "StandardSSD_ZRS"
    }
  }

  let {
    disk         = self.os_disk[0]
    standard     = table.standard[disk.storage_account_type]
    # A disk on the host costs nothing.
    is_ephemeral = length(coalesce(disk.diff_disk_settings, [])) > 0
  }

  when    = production == false && standard != null && !is_ephemeral
  instead = { os_disk = [{ storage_account_type = standard }] }
  message = "the system disk outside production is ${disk.storage_account_type}; ${standard} costs less than half and is seldom slower in use"

  docs {
    what       = "A virtual machine or scale set whose `os_disk` is Premium_LRS or Premium_ZRS, and whose tags, module or project say that it is not production."
    why        = "A system disk is read at boot and little after. Premium SSD costs more than twice as much as Standard SSD for every machine, whether it runs or not."
    ignore     = "Where the machine keeps its data on the system disk and needs the IOPS, or relies on the availability promised to single machines with Premium disks. Terraform makes a machine anew for it: what is on the system disk must not be missed."
    confidence = "medium"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://learn.microsoft.com/azure/virtual-machines/disks-types"
  }
}
