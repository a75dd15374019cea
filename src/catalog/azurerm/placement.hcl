# What resources of Azure need wherever they run, and which of Azure could stand for others.

table "azure_disk_class" {
  rows = { Standard = "cold", StandardSSD = "general", Premium = "general", PremiumV2 = "provisioned", UltraSSD = "provisioned" }
}

# A `p` behind the digits of a size says Arm: Standard_D4ps_v5.
workload "azurerm_linux_virtual_machine" {
  let {
    size_now = lower(self.size)
    type     = table.azure_vm_size[size_now]
    disk     = self.os_disk[0]
    is_local = length(coalesce(disk.diff_disk_settings, [])) > 0
    image    = lower(known(self.source_image_reference[0].publisher, "-"))
  }
  concept       = "vm"
  wants         = "machine"
  size          = self.size
  vcpu          = type.vcpu
  memory_gb     = type.memory_mib / 1024
  arch          = can(regex("^standard_[a-z]+[0-9]+[a-z]*p", size_now)) ? "arm64" : "amd64"
  gpus          = type.gpu
  os            = contains(["redhat", "suse", "microsoftsqlserver"], image) ? "other" : "linux"
  burstable     = startswith(size_now, "standard_b")
  count         = 1
  hours         = coalesce(usage.monthly_hrs, 730)
  interruptible = known(self.priority, "Regular") == "Spot"
  disks         = [{ gb = coalesce(known(disk.disk_size_gb, null), 30), class = is_local ? "general" : coalesce(table.azure_disk_class[split("_", disk.storage_account_type)[0]], "general") }]
  state_gb      = 0
}

workload "azurerm_windows_virtual_machine" {
  let {
    size_now = lower(self.size)
    type     = table.azure_vm_size[size_now]
    disk     = self.os_disk[0]
    is_local = length(coalesce(disk.diff_disk_settings, [])) > 0
  }
  concept       = "vm"
  wants         = "machine"
  size          = self.size
  vcpu          = type.vcpu
  memory_gb     = type.memory_mib / 1024
  arch          = can(regex("^standard_[a-z]+[0-9]+[a-z]*p", size_now)) ? "arm64" : "amd64"
  gpus          = type.gpu
  os            = "windows"
  burstable     = startswith(size_now, "standard_b")
  count         = 1
  hours         = coalesce(usage.monthly_hrs, 730)
  interruptible = known(self.priority, "Regular") == "Spot"
  disks         = [{ gb = coalesce(known(disk.disk_size_gb, null), 127), class = is_local ? "general" : coalesce(table.azure_disk_class[split("_", disk.storage_account_type)[0]], "general") }]
  state_gb      = 0
}

workload "azurerm_virtual_machine" {
  let {
    size_now   = lower(self.vm_size)
    type       = table.azure_vm_size[size_now]
    publisher  = lower(known(self.storage_image_reference[0].publisher, "-"))
    image      = "${publisher} ${lower(known(self.storage_image_reference[0].offer, "-"))}"
    is_windows = length(known(self.os_profile_windows_config, [])) > 0 || lower(known(self.storage_os_disk[0].os_type, "-")) == "windows" || strcontains(image, "windows")
    extra      = known(self.storage_data_disk, [])
    root       = self.storage_os_disk[0]
  }
  concept       = "vm"
  wants         = "machine"
  size          = self.vm_size
  vcpu          = type.vcpu
  memory_gb     = type.memory_mib / 1024
  arch          = can(regex("^standard_[a-z]+[0-9]+[a-z]*p", size_now)) ? "arm64" : "amd64"
  gpus          = type.gpu
  os            = is_windows ? "windows" : (contains(["redhat", "suse", "microsoftsqlserver"], publisher) ? "other" : "linux")
  burstable     = startswith(size_now, "standard_b")
  count         = 1
  hours         = coalesce(usage.monthly_hrs, 730)
  interruptible = false
  disks = concat(
    [{ gb = coalesce(known(root.disk_size_gb, null), is_windows ? 127 : 30), class = coalesce(table.azure_disk_class[split("_", known(root.managed_disk_type, "Standard_LRS"))[0]], "general") }],
    [for disk in extra : { gb = disk.disk_size_gb, class = coalesce(table.azure_disk_class[split("_", known(disk.managed_disk_type, "Standard_LRS"))[0]], "general") } if disk.create_option != "Attach"],
  )
  state_gb = sum([for disk in extra : coalesce(disk.disk_size_gb, 0) if disk.create_option != "Attach"])
}

workload "azurerm_linux_virtual_machine_scale_set" {
  let {
    size_now = lower(self.sku)
    type     = table.azure_vm_size[size_now]
    root     = self.os_disk[0]
    extra    = coalesce(known(self.data_disk, null), [])
    image    = lower(known(self.source_image_reference[0].publisher, "-"))
  }
  concept       = "vm-group"
  wants         = "machine"
  size          = self.sku
  vcpu          = type.vcpu
  memory_gb     = type.memory_mib / 1024
  arch          = can(regex("^standard_[a-z]+[0-9]+[a-z]*p", size_now)) ? "arm64" : "amd64"
  gpus          = type.gpu
  os            = contains(["redhat", "suse", "microsoftsqlserver"], image) ? "other" : "linux"
  burstable     = startswith(size_now, "standard_b")
  count         = coalesce(usage.instances, known(self.instances, null))
  interruptible = known(self.priority, "Regular") == "Spot"
  disks = concat(
    [{ gb = coalesce(known(root.disk_size_gb, null), 30), class = coalesce(table.azure_disk_class[split("_", root.storage_account_type)[0]], "general") }],
    [for disk in extra : { gb = disk.disk_size_gb, class = coalesce(table.azure_disk_class[split("_", disk.storage_account_type)[0]], "general") }],
  )
  state_gb = 0
}

workload "azurerm_windows_virtual_machine_scale_set" {
  let {
    size_now = lower(self.sku)
    type     = table.azure_vm_size[size_now]
    root     = self.os_disk[0]
    extra    = coalesce(known(self.data_disk, null), [])
  }
  concept       = "vm-group"
  wants         = "machine"
  size          = self.sku
  vcpu          = type.vcpu
  memory_gb     = type.memory_mib / 1024
  arch          = can(regex("^standard_[a-z]+[0-9]+[a-z]*p", size_now)) ? "arm64" : "amd64"
  gpus          = type.gpu
  os            = "windows"
  burstable     = startswith(size_now, "standard_b")
  count         = coalesce(usage.instances, known(self.instances, null))
  interruptible = known(self.priority, "Regular") == "Spot"
  disks = concat(
    [{ gb = coalesce(known(root.disk_size_gb, null), 127), class = coalesce(table.azure_disk_class[split("_", root.storage_account_type)[0]], "general") }],
    [for disk in extra : { gb = disk.disk_size_gb, class = coalesce(table.azure_disk_class[split("_", disk.storage_account_type)[0]], "general") }],
  )
  state_gb = 0
}

# The first pool stands in the cluster. Where the cluster has a fee of its own, that fee would seem saved by moving
# the nodes: such a cluster stays where it is.
workload "azurerm_kubernetes_cluster" {
  let {
    pool     = self.default_node_pool[0]
    size_now = lower(pool.vm_size)
    type     = table.azure_vm_size[size_now]
    chosen   = type.vcpu < 8 ? 128 : (type.vcpu < 16 ? 256 : (type.vcpu < 64 ? 512 : 1024))
  }
  concept       = coalesce(known(self.sku_tier, null), "Free") == "Free" ? "kubernetes-nodes" : null
  wants         = "machine"
  size          = pool.vm_size
  vcpu          = type.vcpu
  memory_gb     = type.memory_mib / 1024
  arch          = can(regex("^standard_[a-z]+[0-9]+[a-z]*p", size_now)) ? "arm64" : "amd64"
  gpus          = type.gpu
  os            = "linux"
  burstable     = startswith(size_now, "standard_b")
  count         = coalesce(usage.default_node_pool.nodes, known(pool.node_count, null), known(pool.min_count, null), 1)
  min           = known(pool.min_count, null)
  max           = known(pool.max_count, null)
  interruptible = false
  disks         = [{ gb = coalesce(known(pool.os_disk_size_gb, null), chosen), class = "general" }]
  state_gb      = 0
}

workload "azurerm_kubernetes_cluster_node_pool" {
  let {
    size_now   = lower(self.vm_size)
    type       = table.azure_vm_size[size_now]
    chosen     = type.vcpu < 8 ? 128 : (type.vcpu < 16 ? 256 : (type.vcpu < 64 ? 512 : 1024))
    is_windows = known(self.os_type, "Linux") == "Windows" || startswith(known(self.os_sku, "-"), "Windows")
  }
  concept       = "kubernetes-nodes"
  wants         = "machine"
  size          = self.vm_size
  vcpu          = type.vcpu
  memory_gb     = type.memory_mib / 1024
  arch          = can(regex("^standard_[a-z]+[0-9]+[a-z]*p", size_now)) ? "arm64" : "amd64"
  gpus          = type.gpu
  os            = is_windows ? "windows" : "linux"
  burstable     = startswith(size_now, "standard_b")
  count         = coalesce(usage.nodes, known(self.node_count, null), known(self.min_count, null), 1)
  min           = known(self.min_count, null)
  max           = known(self.max_count, null)
  interruptible = known(self.priority, "Regular") == "Spot"
  disks         = [{ gb = coalesce(known(self.os_disk_size_gb, null), chosen), class = "general" }]
  state_gb      = 0
}

# Sizes that may stand for others: D, E, F, FX and B of today that take premium disks, and N for GPUs. Left out are sizes with
# fewer vCPUs than they are billed for (`-2`), isolated (`i`) and confidential ones (DC, EC), and those without `s`.
offer "azurerm_linux_virtual_machine" {
  concept   = "machine"
  provider  = "azure"
  type      = "azurerm_linux_virtual_machine"
  option    = "on demand"
  for_each  = { for name, type in table.azure_vm_size : name => merge(type, { parts = regex("^standard_([a-z]+)(.*)$", name) }) if can(regex("^standard_((d|e|f|fx)[0-9]+[a-hj-z]*s_v[2-9]|b[0-9]+[a-z]*s(_v2)?|n[cdv][0-9]+[a-z]*s[a-z]*_[a-z0-9_]+)$", name)) }
  when      = coalesce(need.os, "linux") == "linux" && (coalesce(each.value.gpu, 0) > 0 ? each.value.gpu >= coalesce(need.gpus, 0) && coalesce(need.gpus, 0) > 0 : coalesce(need.gpus, 0) == 0)
  size      = "Standard_${upper(each.value.parts[0])}${each.value.parts[1]}"
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_mib / 1024
  arch      = can(regex("^standard_[a-z]+[0-9]+[a-z]*p", each.key)) ? "arm64" : "amd64"
  gpus      = each.value.gpu
  burstable = startswith(each.key, "standard_b")
  self = {
    size    = each.key
    os_disk = [{ storage_account_type = "Premium_LRS", disk_size_gb = max(30, coalesce(need.disk_gb, 30)) }]
  }
  usage  = { monthly_hrs = coalesce(need.hours, 730) }
  losses = coalesce(need.gpus, 0) > 0 ? ["perf-unknown"] : []
}

offer "azurerm_linux_virtual_machine_spot" {
  concept   = "machine"
  provider  = "azure"
  type      = "azurerm_linux_virtual_machine"
  option    = "spot"
  for_each  = { for name, type in table.azure_vm_size : name => merge(type, { parts = regex("^standard_([a-z]+)(.*)$", name) }) if can(regex("^standard_((d|e|f|fx)[0-9]+[a-hj-z]*s_v[2-9]|n[cdv][0-9]+[a-z]*s[a-z]*_[a-z0-9_]+)$", name)) }
  when      = coalesce(need.interruptible, false) && coalesce(need.os, "linux") == "linux" && (coalesce(each.value.gpu, 0) > 0 ? each.value.gpu >= coalesce(need.gpus, 0) && coalesce(need.gpus, 0) > 0 : coalesce(need.gpus, 0) == 0)
  size      = "Standard_${upper(each.value.parts[0])}${each.value.parts[1]}"
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_mib / 1024
  arch      = can(regex("^standard_[a-z]+[0-9]+[a-z]*p", each.key)) ? "arm64" : "amd64"
  gpus      = each.value.gpu
  burstable = false
  self = {
    size     = each.key
    priority = "Spot"
    os_disk  = [{ storage_account_type = "Premium_LRS", disk_size_gb = max(30, coalesce(need.disk_gb, 30)) }]
  }
  usage  = { monthly_hrs = coalesce(need.hours, 730) }
  losses = coalesce(need.gpus, 0) > 0 ? ["perf-unknown"] : []
}

offer "azurerm_windows_virtual_machine" {
  concept   = "machine"
  provider  = "azure"
  type      = "azurerm_windows_virtual_machine"
  option    = "on demand"
  for_each  = { for name, type in table.azure_vm_size : name => merge(type, { parts = regex("^standard_([a-z]+)(.*)$", name) }) if can(regex("^standard_((d|e|f|fx)[0-9]+[a-hj-oq-z]*s_v[2-9]|b[0-9]+[a-oq-z]*s(_v2)?)$", name)) }
  when      = need.os == "windows" && coalesce(need.gpus, 0) == 0
  size      = "Standard_${upper(each.value.parts[0])}${each.value.parts[1]}"
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_mib / 1024
  arch      = "amd64"
  gpus      = each.value.gpu
  burstable = startswith(each.key, "standard_b")
  self = {
    size    = each.key
    os_disk = [{ storage_account_type = "Premium_LRS", disk_size_gb = max(127, coalesce(need.disk_gb, 127)) }]
  }
  usage = { monthly_hrs = coalesce(need.hours, 730) }
}
