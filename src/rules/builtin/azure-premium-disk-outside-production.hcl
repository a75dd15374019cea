rule "azure-premium-disk-outside-production" {
  title    = "Premium disk outside production"
  on       = "azurerm_managed_disk"
  severity = "warning"

  table "standard" {
    rows = {
      "Premium_LRS" = "StandardSSD_LRS"
      "Premium_ZRS" = "StandardSSD_ZRS"
    }
  }

  let {
    standard = table.standard[self.storage_account_type]
  }

  when = production == false && standard != null
  # A tier and bursting on demand are Premium's own.
  instead = merge(
    { storage_account_type = standard },
    known(self.tier, null) == null ? {} : { tier = null },
    self.on_demand_bursting_enabled == true ? { on_demand_bursting_enabled = false } : {},
  )
  message = "this disk of ${self.disk_size_gb} GB outside production is ${self.storage_account_type}; ${standard} of that size costs less than half"

  docs {
    what       = "A managed disk of type Premium_LRS or Premium_ZRS whose tags, module or project say that it is not production."
    why        = "Premium SSD is bought for steady IOPS and low latency. Standard SSD has the same durability; its operations are charged by the 10,000, up to a ceiling an hour."
    ignore     = "Where tests measure speed, where a database in the environment needs more than 500 IOPS on a disk, or where a single machine relies on the availability promised for Premium disks."
    confidence = "medium"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://learn.microsoft.com/azure/virtual-machines/disks-types"
  }
}
