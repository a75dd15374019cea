rule "azure-disk-unattached" {
  title    = "Disk that nothing in the plan attaches"
  on       = "azurerm_managed_disk"
  severity = "note"

  let {
    users = concat(
      referrers("azurerm_virtual_machine_data_disk_attachment", "managed_disk_id"),
      referrers("azurerm_virtual_machine", "storage_data_disk.managed_disk_id"),
      referrers("azurerm_virtual_machine", "storage_os_disk.managed_disk_id"),
      referrers("azurerm_linux_virtual_machine", "os_managed_disk_id"),
      referrers("azurerm_windows_virtual_machine", "os_managed_disk_id"),
      referrers("kubernetes_persistent_volume", "spec.persistent_volume_source.azure_disk.data_disk_uri"),
      referrers("kubernetes_persistent_volume", "spec.persistent_volume_source.csi.volume_handle"),
    )
  }

  when    = length(users) == 0
  remove  = true
  message = "nothing in the plan attaches this disk of ${self.disk_size_gb} GB; it costs the same as one in use"

  docs {
    what       = "A managed disk to which no machine, no attachment and no persistent volume in the plan refers."
    why        = "A disk is charged by its size from its creation to its deletion, attached or not. A snapshot on standard storage keeps the data for less, and charges only what is written."
    ignore     = "Where something outside of the plan attaches it: another state, a script, Site Recovery, or a controller of Kubernetes."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://learn.microsoft.com/azure/virtual-machines/disks-find-unattached-portal"
  }
}
