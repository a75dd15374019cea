resource "azurerm_linux_virtual_machine_scale_set" {
  docs = "https://azure.microsoft.com/pricing/details/virtual-machine-scale-sets/linux/"

  usage {
    # Machines that run, on average, where the plan does not say or scaling decides.
    instances = null
    os_disk = {
      # Writes, reads and deletes a month and machine, in units of 256 KiB; only Standard disks are billed by them.
      monthly_disk_operations = null
    }
    data_disk = {
      # The same, for every data disk.
      monthly_disk_operations = null
    }
  }

  let {
    instances = coalesce(usage.instances, self.instances)
  }

  use "azure_machine" {
    times    = instances
    size     = self.sku
    os       = "Linux"
    priority = self.priority

    publisher = known(self.source_image_reference[0].publisher, null)
  }

  part "os_disk" {
    when  = length(coalesce(self.os_disk[0].diff_disk_settings, [])) == 0
    times = instances

    use "azure_disk" {
      type       = self.os_disk[0].storage_account_type
      size_gb    = known(self.os_disk[0].disk_size_gb, 30)
      operations = usage.os_disk.monthly_disk_operations
    }
  }

  part "data_disk" {
    for_each = coalesce(self.data_disk, [])
    times    = instances

    use "azure_disk" {
      type       = each.value.storage_account_type
      size_gb    = each.value.disk_size_gb
      operations = usage.data_disk.monthly_disk_operations
      iops       = known(each.value.ultra_ssd_disk_iops_read_write, null)
      mbps       = known(each.value.ultra_ssd_disk_mbps_read_write, null)
    }
  }

  example "three machines with a data disk each" {
    region = "westeurope"
    self = {
      sku       = "Standard_D2s_v5"
      instances = 3
      os_disk   = [{ storage_account_type = "Standard_LRS" }]
      data_disk = [{ storage_account_type = "Premium_LRS", disk_size_gb = 128 }]
    }
    usage  = { os_disk = { monthly_disk_operations = 1000000 } }
    expect = { "Instance usage" = 2190, "os_disk/Storage" = 3, "os_disk/Disk operations" = 3000000, "data_disk[0]/Storage" = 3 }
  }
}

resource "azurerm_windows_virtual_machine_scale_set" {
  docs = "https://azure.microsoft.com/pricing/details/virtual-machine-scale-sets/windows/"

  usage {
    # Machines that run, on average, where the plan does not say or scaling decides.
    instances = null
    os_disk = {
      # Writes, reads and deletes a month and machine, in units of 256 KiB; only Standard disks are billed by them.
      monthly_disk_operations = null
    }
    data_disk = {
      # The same, for every data disk.
      monthly_disk_operations = null
    }
  }

  let {
    instances = coalesce(usage.instances, self.instances)
  }

  use "azure_machine" {
    times    = instances
    size     = self.sku
    os       = "Windows"
    priority = self.priority
    licence  = known(self.license_type, null)

    publisher = known(self.source_image_reference[0].publisher, null)
  }

  part "os_disk" {
    when  = length(coalesce(self.os_disk[0].diff_disk_settings, [])) == 0
    times = instances

    use "azure_disk" {
      type       = self.os_disk[0].storage_account_type
      size_gb    = known(self.os_disk[0].disk_size_gb, 127)
      operations = usage.os_disk.monthly_disk_operations
    }
  }

  part "data_disk" {
    for_each = coalesce(self.data_disk, [])
    times    = instances

    use "azure_disk" {
      type       = each.value.storage_account_type
      size_gb    = each.value.disk_size_gb
      operations = usage.data_disk.monthly_disk_operations
      iops       = known(each.value.ultra_ssd_disk_iops_read_write, null)
      mbps       = known(each.value.ultra_ssd_disk_mbps_read_write, null)
    }
  }

  example "spot machines" {
    region = "westeurope"
    self = {
      sku       = "Standard_D2s_v5"
      instances = 2
      priority  = "Spot"
      os_disk   = [{ storage_account_type = "Premium_LRS", disk_size_gb = 64 }]
    }
    expect = { "Instance usage" = 1460, "os_disk/Storage" = 2 }
  }
}

resource "azurerm_orchestrated_virtual_machine_scale_set" {
  docs = "https://azure.microsoft.com/pricing/details/virtual-machine-scale-sets/linux/"

  usage {
    # Machines that run, on average, where the plan does not say or scaling decides.
    instances = null
    os_disk = {
      # Writes, reads and deletes a month and machine, in units of 256 KiB; only Standard disks are billed by them.
      monthly_disk_operations = null
    }
    data_disk = {
      # The same, for every data disk.
      monthly_disk_operations = null
    }
  }

  let {
    instances  = coalesce(usage.instances, self.instances)
    has_size   = self.sku_name != null && self.sku_name != "Mix"
    is_windows = length(coalesce(self.os_profile[0].windows_configuration, [])) > 0
  }

  use "azure_machine" {
    # Without a size the set only groups machines that are resources of their own.
    when     = has_size
    times    = instances
    size     = self.sku_name
    os       = is_windows ? "Windows" : "Linux"
    priority = self.priority
    licence  = known(self.license_type, null)

    publisher = known(self.source_image_reference[0].publisher, null)
  }

  part "os_disk" {
    when  = has_size && length(coalesce(self.os_disk, [])) > 0 && length(coalesce(self.os_disk[0].diff_disk_settings, [])) == 0
    times = instances

    use "azure_disk" {
      type       = self.os_disk[0].storage_account_type
      size_gb    = known(self.os_disk[0].disk_size_gb, is_windows ? 127 : 30)
      operations = usage.os_disk.monthly_disk_operations
    }
  }

  part "data_disk" {
    for_each = has_size ? coalesce(self.data_disk, []) : []
    times    = instances

    use "azure_disk" {
      type       = each.value.storage_account_type
      size_gb    = each.value.disk_size_gb
      operations = usage.data_disk.monthly_disk_operations
      iops       = known(each.value.ultra_ssd_disk_iops_read_write, null)
      mbps       = known(each.value.ultra_ssd_disk_mbps_read_write, null)
    }
  }

  example "two Linux machines" {
    region = "westeurope"
    self = {
      sku_name   = "Standard_D2s_v5"
      instances  = 2
      os_profile = [{ linux_configuration = [{ admin_username = "me" }] }]
      os_disk    = [{ storage_account_type = "Premium_LRS" }]
    }
    expect = { "Instance usage" = 1460, "os_disk/Storage" = 2 }
  }

  example "a mere group of machines" {
    region = "westeurope"
    self   = { platform_fault_domain_count = 1 }
    expect = {}
  }
}

# The older scale set.
resource "azurerm_virtual_machine_scale_set" {
  docs = "https://azure.microsoft.com/pricing/details/virtual-machine-scale-sets/linux/"

  usage {
    # Machines that run, on average, where the plan does not say or scaling decides.
    instances = null
    storage_profile_os_disk = {
      # Writes, reads and deletes a month and machine, in units of 256 KiB; only Standard disks are billed by them.
      monthly_disk_operations = null
    }
    storage_profile_data_disk = {
      # The same, for every data disk.
      monthly_disk_operations = null
    }
  }

  let {
    instances  = coalesce(usage.instances, self.sku[0].capacity)
    image      = lower("${known(self.storage_profile_image_reference[0].publisher, "-")} ${known(self.storage_profile_image_reference[0].offer, "-")}")
    is_windows = length(known(self.os_profile_windows_config, [])) > 0 || lower(known(self.storage_profile_os_disk[0].os_type, "-")) == "windows" || strcontains(image, "windows")
  }

  use "azure_machine" {
    times    = instances
    size     = self.sku[0].name
    os       = is_windows ? "Windows" : "Linux"
    priority = self.priority
    licence  = known(self.license_type, null)

    publisher = known(self.storage_profile_image_reference[0].publisher, null)
  }

  part "storage_os_disk" {
    # A disk in storage accounts is billed there.
    when  = length(known(self.storage_profile_os_disk[0].vhd_containers, [])) == 0
    times = instances

    use "azure_disk" {
      type       = known(self.storage_profile_os_disk[0].managed_disk_type, "Standard_LRS")
      size_gb    = is_windows ? 127 : 30
      operations = usage.storage_profile_os_disk.monthly_disk_operations
    }
  }

  part "storage_data_disk" {
    for_each = known(self.storage_profile_data_disk, [])
    times    = instances

    use "azure_disk" {
      type       = known(each.value.managed_disk_type, "Standard_LRS")
      size_gb    = each.value.disk_size_gb
      operations = usage.storage_profile_data_disk.monthly_disk_operations
    }
  }

  example "two Linux machines with a data disk each" {
    region = "westeurope"
    self = {
      sku                       = [{ name = "Standard_F2", tier = "Standard", capacity = 2 }]
      os_profile_linux_config   = [{ disable_password_authentication = true }]
      storage_profile_os_disk   = [{ managed_disk_type = "Standard_LRS", create_option = "FromImage" }]
      storage_profile_data_disk = [{ managed_disk_type = "StandardSSD_LRS", disk_size_gb = 10 }]
    }
    expect = {
      "Instance usage"                       = 1460
      "storage_os_disk/Storage"              = 2
      "storage_os_disk/Disk operations"      = null
      "storage_data_disk[0]/Storage"         = 2
      "storage_data_disk[0]/Disk operations" = null
    }
  }
}
