# Sizes at which a stepped disk is billed, in GiB, and the number in the name of the step.
table "azure_disk_step" {
  rows = {
    "4"     = "1"
    "8"     = "2"
    "16"    = "3"
    "32"    = "4"
    "64"    = "6"
    "128"   = "10"
    "256"   = "15"
    "512"   = "20"
    "1024"  = "30"
    "2048"  = "40"
    "4096"  = "50"
    "8192"  = "60"
    "16384" = "70"
    "32767" = "80"
  }
}

table "azure_disk_kind" {
  rows = {
    Standard    = { letter = "S", smallest = 32, product = "Standard HDD Managed Disks" }
    StandardSSD = { letter = "E", smallest = 4, product = "Standard SSD Managed Disks" }
    Premium     = { letter = "P", smallest = 4, product = "Premium SSD Managed Disks" }
  }
}

# A managed disk of any kind, alone or in a machine.
template "azure_disk" {
  # `Premium_LRS`, `StandardSSD_ZRS`, `UltraSSD_LRS` and so on.
  input "type" { type = string }

  input "size_gb" { type = number }

  # A Premium disk may be given the speed, and the price, of a larger step.
  input "tier" {
    type    = string
    default = null
  }

  input "operations" {
    type    = number
    default = null
  }

  input "iops" {
    type    = number
    default = null
  }

  input "mbps" {
    type    = number
    default = null
  }

  let {
    kind       = split("_", type)[0]
    redundancy = split("_", type)[1]
    fact       = table.azure_disk_kind[kind]
    is_stepped = fact != null
    steps      = [for gb in [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32767] : gb if gb >= coalesce(fact.smallest, 4) && gb >= coalesce(size_gb, 0)]
    step       = size_gb == null ? null : steps[0]
    name       = tier != null ? tier : "${fact.letter}${table.azure_disk_step[tostring(step)]}"
    sku        = "${name} ${redundancy}"
    # The three smallest Standard SSDs have no operations meter of their own.
    is_smallest = contains(["E1", "E2", "E3"], coalesce(name, "-"))
    ultra_gb    = kind == "UltraSSD" && size_gb != null ? (size_gb > 1024 ? ceil(size_gb / 1024) * 1024 : steps[0]) : size_gb
  }

  component "Storage" {
    when     = is_stepped
    unit     = "months"
    quantity = 1
    detail   = "${name}, ${redundancy}"
    price {
      service = "Storage"
      product = fact.product
      sku     = sku
      meter   = "${sku} Disk"
    }
  }

  component "Disk operations" {
    when     = kind == "Standard" || kind == "StandardSSD"
    unit     = "10k operations"
    per      = 10000
    quantity = operations
    price {
      service = "Storage"
      product = fact.product
      sku     = is_smallest ? "Disk Transactions ${redundancy}" : sku
      meter   = is_smallest ? "Disk Transactions ${redundancy} Disk Operations" : "${sku} Disk Operations"
    }
  }

  component "Storage" {
    when     = kind == "UltraSSD"
    unit     = "GiB"
    quantity = ultra_gb
    detail   = "ultra, ${ultra_gb} GiB"
    price {
      service = "Storage"
      product = "Ultra Disks"
      sku     = "Ultra LRS"
      meter   = "Ultra LRS Provisioned Capacity"
      times   = 730
    }
  }

  component "Storage" {
    when     = kind == "PremiumV2"
    unit     = "GiB"
    quantity = size_gb
    detail   = "premium v2, ${size_gb} GiB"
    price {
      service = "Storage"
      product = "Azure Premium SSD v2"
      sku     = "Premium LRS"
      meter   = "Premium LRS Provisioned Capacity"
      times   = 730
    }
  }

  component "Provisioned IOPS" {
    when     = kind == "UltraSSD" || kind == "PremiumV2"
    unit     = "IOPS"
    quantity = iops
    price {
      service = "Storage"
      product = kind == "UltraSSD" ? "Ultra Disks" : "Azure Premium SSD v2"
      sku     = kind == "UltraSSD" ? "Ultra LRS" : "Premium LRS"
      meter   = kind == "UltraSSD" ? "Ultra LRS Provisioned IOPS" : "Premium LRS Provisioned IOPS"
      times   = 730
    }
  }

  component "Throughput" {
    when     = kind == "UltraSSD" || kind == "PremiumV2"
    unit     = "MB/s"
    quantity = mbps
    price {
      service = "Storage"
      product = kind == "UltraSSD" ? "Ultra Disks" : "Azure Premium SSD v2"
      sku     = kind == "UltraSSD" ? "Ultra LRS" : "Premium LRS"
      meter   = kind == "UltraSSD" ? "Ultra LRS Provisioned Throughput (MBps)" : "Premium LRS Provisioned Throughput (MBps)"
      times   = 730
    }
  }
}

resource "azurerm_managed_disk" {
  docs = "https://azure.microsoft.com/pricing/details/managed-disks/"

  usage {
    # Writes, reads and deletes a month, in units of 256 KiB; only Standard disks are billed by them.
    monthly_disk_operations = null
  }

  use "azure_disk" {
    type       = self.storage_account_type
    size_gb    = self.disk_size_gb
    tier       = known(self.tier, null)
    operations = usage.monthly_disk_operations
    # Premium v2 disks begin at 3,000 IOPS and 125 MB/s, Ultra disks at 1 IOPS per GiB but at least 100.
    iops = known(self.disk_iops_read_write, self.storage_account_type == "PremiumV2_LRS" ? 3000 : null)
    mbps = known(self.disk_mbps_read_write, self.storage_account_type == "PremiumV2_LRS" ? 125 : null)
  }

  component "Bursting" {
    when     = self.on_demand_bursting_enabled == true
    unit     = "months"
    quantity = 1
    price {
      service = "Storage"
      product = "Premium SSD Managed Disks"
      sku     = "Burst Enablement ${split("_", self.storage_account_type)[1]}"
      meter   = "${split("_", self.storage_account_type)[1]} Burst Enablement"
    }
  }

  example "a premium disk is billed as the next larger step" {
    region = "westeurope"
    self   = { storage_account_type = "Premium_LRS", disk_size_gb = 100 }
    expect = { "Storage" = 1 }
  }

  example "a standard disk waits for its operations" {
    region = "westeurope"
    self   = { storage_account_type = "Standard_LRS", disk_size_gb = 5 }
    expect = { "Storage" = 1, "Disk operations" = null }
  }

  example "a small standard SSD" {
    region = "westeurope"
    self   = { storage_account_type = "StandardSSD_ZRS", disk_size_gb = 4 }
    usage  = { monthly_disk_operations = 250000 }
    expect = { "Storage" = 1, "Disk operations" = 250000 }
  }

  example "a faster tier and bursting" {
    region = "westeurope"
    self   = { storage_account_type = "Premium_LRS", disk_size_gb = 1024, tier = "P50", on_demand_bursting_enabled = true }
    expect = { "Storage" = 1, "Bursting" = 1 }
  }

  example "an ultra disk is rounded up to a whole TiB" {
    region = "westeurope"
    self   = { storage_account_type = "UltraSSD_LRS", disk_size_gb = 2000, disk_iops_read_write = 4000, disk_mbps_read_write = 20 }
    expect = { "Storage" = 2048, "Provisioned IOPS" = 4000, "Throughput" = 20 }
  }

  example "a premium v2 disk at its free speed" {
    region = "westeurope"
    self   = { storage_account_type = "PremiumV2_LRS", disk_size_gb = 100 }
    expect = { "Storage" = 100, "Provisioned IOPS" = 3000, "Throughput" = 125 }
  }
}

resource "azurerm_snapshot" {
  docs = "https://azure.microsoft.com/pricing/details/managed-disks/"

  usage {
    # Used size of the snapshot in GB; a snapshot is billed for what is written, not for the disk's size.
    storage_gb = null
  }

  component "Storage" {
    unit     = "GB"
    quantity = coalesce(usage.storage_gb, known(self.disk_size_gb, null))
    price {
      service = "Storage"
      product = "Standard HDD Managed Disks"
      sku     = "Snapshots LRS"
      meter   = "LRS Snapshots"
    }
  }

  example "a snapshot whose used size is given" {
    region = "westeurope"
    self   = { create_option = "Copy" }
    usage  = { storage_gb = 400 }
    expect = { "Storage" = 400 }
  }
}
