# One virtual machine without its disks.
template "azure_machine" {
  input "size" { type = string }

  # `Linux` or `Windows`.
  input "os" { type = string }

  # `Regular` or `Spot`; the older `Low` is a scale set's spot.
  input "priority" {
    type    = string
    default = "Regular"
  }

  # A Windows licence that is owned already is not billed again.
  input "licence" {
    type    = string
    default = null
  }

  # Who publishes the image: Red Hat, SUSE and SQL Server images carry a licence that is billed apart.
  input "publisher" {
    type    = string
    default = null
  }

  input "hours" {
    type    = number
    default = 730
  }

  let {
    has_fee  = contains(["redhat", "suse", "microsoftsqlserver"], lower(coalesce(publisher, "-")))
    is_owned = contains(["Windows_Client", "Windows_Server"], coalesce(licence, "None"))
    is_spot  = contains(["Spot", "Low"], coalesce(priority, "Regular"))
    bought   = is_spot ? "spot" : (os == "Windows" && is_owned ? "hybrid benefit" : "pay as you go")
  }

  component "Instance usage" {
    unit     = "hours"
    quantity = hours
    detail   = "${os}, ${bought}, ${size}"
    note     = has_fee ? "The licence of the image's software is billed on top and not part of this price." : null
    price {
      service  = "Virtual Machines"
      arm_sku  = lower(size)
      os       = os == "Windows" && !is_owned ? "Windows" : "Linux"
      priority = is_spot ? "Spot" : "Regular"
    }
  }
}

resource "azurerm_linux_virtual_machine" {
  docs = "https://azure.microsoft.com/pricing/details/virtual-machines/linux/"

  usage {
    # Hours a month that the machine runs.
    monthly_hrs = null
    os_disk = {
      # Writes, reads and deletes a month, in units of 256 KiB; only Standard disks are billed by them.
      monthly_disk_operations = null
    }
  }

  use "azure_machine" {
    size     = self.size
    os       = "Linux"
    priority = self.priority
    hours    = coalesce(usage.monthly_hrs, 730)

    publisher = known(self.source_image_reference[0].publisher, null)
  }

  part "os_disk" {
    # A disk on the host itself costs nothing.
    when = length(coalesce(self.os_disk[0].diff_disk_settings, [])) == 0

    use "azure_disk" {
      type = self.os_disk[0].storage_account_type
      # Without a size a disk is as large as its image; Linux images have 30 GiB.
      size_gb    = known(self.os_disk[0].disk_size_gb, 30)
      operations = usage.os_disk.monthly_disk_operations
    }
  }

  example "a machine with a premium disk" {
    region = "westeurope"
    self   = { size = "Standard_D2s_v5", priority = "Regular", os_disk = [{ storage_account_type = "Premium_LRS", disk_size_gb = 64 }] }
    expect = { "Instance usage" = 730, "os_disk/Storage" = 1 }
  }

  example "a spot machine half the month, with a standard disk" {
    region = "westeurope"
    self   = { size = "Standard_D4s_v5", priority = "Spot", os_disk = [{ storage_account_type = "Standard_LRS" }] }
    usage  = { monthly_hrs = 365, os_disk = { monthly_disk_operations = 2000000 } }
    expect = { "Instance usage" = 365, "os_disk/Storage" = 1, "os_disk/Disk operations" = 2000000 }
  }

  example "an ephemeral disk costs nothing" {
    region = "westeurope"
    self   = { size = "Standard_D4s_v5", os_disk = [{ storage_account_type = "Standard_LRS", diff_disk_settings = [{ option = "Local" }] }] }
    expect = { "Instance usage" = 730 }
  }
}

resource "azurerm_windows_virtual_machine" {
  docs = "https://azure.microsoft.com/pricing/details/virtual-machines/windows/"

  usage {
    # Hours a month that the machine runs.
    monthly_hrs = null
    os_disk = {
      # Writes, reads and deletes a month, in units of 256 KiB; only Standard disks are billed by them.
      monthly_disk_operations = null
    }
  }

  use "azure_machine" {
    size     = self.size
    os       = "Windows"
    priority = self.priority
    licence  = known(self.license_type, null)
    hours    = coalesce(usage.monthly_hrs, 730)

    publisher = known(self.source_image_reference[0].publisher, null)
  }

  part "os_disk" {
    when = length(coalesce(self.os_disk[0].diff_disk_settings, [])) == 0

    use "azure_disk" {
      type = self.os_disk[0].storage_account_type
      # Without a size a disk is as large as its image; Windows Server images have 127 GiB.
      size_gb    = known(self.os_disk[0].disk_size_gb, 127)
      operations = usage.os_disk.monthly_disk_operations
    }
  }

  example "a Windows machine" {
    region = "westeurope"
    self   = { size = "Standard_D2s_v5", os_disk = [{ storage_account_type = "StandardSSD_LRS" }] }
    expect = { "Instance usage" = 730, "os_disk/Storage" = 1, "os_disk/Disk operations" = null }
  }

  example "an owned licence" {
    region = "westeurope"
    self   = { size = "Standard_D2s_v5", license_type = "Windows_Server", os_disk = [{ storage_account_type = "Premium_LRS" }] }
    expect = { "Instance usage" = 730, "os_disk/Storage" = 1 }
  }
}

# The older machine type, where the profile block or the image says which system it is.
resource "azurerm_virtual_machine" {
  docs = "https://azure.microsoft.com/pricing/details/virtual-machines/"

  usage {
    # Hours a month that the machine runs.
    monthly_hrs = null
    storage_os_disk = {
      # Writes, reads and deletes a month, in units of 256 KiB; only Standard disks are billed by them.
      monthly_disk_operations = null
    }
    storage_data_disk = {
      # The same, for every data disk.
      monthly_disk_operations = null
    }
  }

  let {
    image      = lower("${known(self.storage_image_reference[0].publisher, "-")} ${known(self.storage_image_reference[0].offer, "-")}")
    is_windows = length(known(self.os_profile_windows_config, [])) > 0 || lower(known(self.storage_os_disk[0].os_type, "-")) == "windows" || strcontains(image, "windows")
  }

  use "azure_machine" {
    size    = self.vm_size
    os      = is_windows ? "Windows" : "Linux"
    licence = known(self.license_type, null)
    hours   = coalesce(usage.monthly_hrs, 730)

    publisher = known(self.storage_image_reference[0].publisher, null)
  }

  part "storage_os_disk" {
    # A disk in a storage account is billed there.
    when = coalesce(known(self.storage_os_disk[0].vhd_uri, null), "-") == "-"

    use "azure_disk" {
      type       = known(self.storage_os_disk[0].managed_disk_type, "Standard_LRS")
      size_gb    = known(self.storage_os_disk[0].disk_size_gb, is_windows ? 127 : 30)
      operations = usage.storage_os_disk.monthly_disk_operations
    }
  }

  part "storage_data_disk" {
    for_each = [for disk in known(self.storage_data_disk, []) : disk if coalesce(known(disk.vhd_uri, null), "-") == "-" && disk.create_option != "Attach"]

    use "azure_disk" {
      type       = known(each.value.managed_disk_type, "Standard_LRS")
      size_gb    = each.value.disk_size_gb
      operations = usage.storage_data_disk.monthly_disk_operations
    }
  }

  example "a Linux machine with a data disk" {
    region = "westeurope"
    self = {
      vm_size                 = "Standard_DS1_v2"
      os_profile_linux_config = [{ disable_password_authentication = false }]
      storage_os_disk         = [{ managed_disk_type = "Standard_LRS", create_option = "FromImage" }]
      storage_data_disk       = [{ managed_disk_type = "Premium_LRS", disk_size_gb = 200, create_option = "Empty" }]
    }
    expect = { "Instance usage" = 730, "storage_os_disk/Storage" = 1, "storage_os_disk/Disk operations" = null, "storage_data_disk[0]/Storage" = 1 }
  }

  example "a Windows image, an attached disk and one in a storage account" {
    region = "westeurope"
    self = {
      vm_size                 = "Standard_DS1_v2"
      storage_image_reference = [{ publisher = "MicrosoftWindowsServer", offer = "WindowsServer" }]
      storage_os_disk         = [{ vhd_uri = "https://account.blob.core.windows.net/vhds/os.vhd" }]
      storage_data_disk       = [{ create_option = "Attach", disk_size_gb = 64 }]
    }
    expect = { "Instance usage" = 730 }
  }
}
