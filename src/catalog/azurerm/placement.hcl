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

# Without a size the set only groups machines that are resources of their own; a set of spot machines may mix sizes.
workload "azurerm_orchestrated_virtual_machine_scale_set" {
  let {
    name       = known(self.sku_name, null)
    size_now   = lower(name)
    type       = table.azure_vm_size[size_now]
    root       = known(self.os_disk, [])[0]
    extra      = coalesce(known(self.data_disk, null), [])
    image      = lower(known(self.source_image_reference[0].publisher, "-"))
    is_windows = length(coalesce(known(self.os_profile, [])[0].windows_configuration, [])) > 0
    other      = contains(["redhat", "suse", "microsoftsqlserver"], image)
  }
  concept       = name == null || name == "Mix" ? null : "vm-group"
  wants         = "machine"
  size          = name
  vcpu          = type.vcpu
  memory_gb     = type.memory_mib / 1024
  arch          = can(regex("^standard_[a-z]+[0-9]+[a-z]*p", size_now)) ? "arm64" : "amd64"
  gpus          = type.gpu
  os            = is_windows ? "windows" : (other ? "other" : "linux")
  burstable     = startswith(size_now, "standard_b")
  count         = coalesce(usage.instances, known(self.instances, null))
  interruptible = known(self.priority, "Regular") == "Spot"
  disks = concat(
    root == null ? [] : [{ gb = coalesce(known(root.disk_size_gb, null), is_windows ? 127 : 30), class = coalesce(table.azure_disk_class[split("_", root.storage_account_type)[0]], "general") }],
    [for disk in extra : { gb = disk.disk_size_gb, class = coalesce(table.azure_disk_class[split("_", disk.storage_account_type)[0]], "general") }],
  )
  state_gb = 0
}

# The first pool stands in the cluster. Where the cluster has a fee of its own, that fee would seem saved by moving
# the nodes: such a cluster stays where it is.
workload "azurerm_kubernetes_cluster" {
  let {
    is_free  = coalesce(known(self.sku_tier, null), "Free") == "Free"
    pool     = self.default_node_pool[0]
    size_now = lower(pool.vm_size)
    type     = table.azure_vm_size[size_now]
    chosen   = type.vcpu < 8 ? 128 : (type.vcpu < 16 ? 256 : (type.vcpu < 64 ? 512 : 1024))
  }
  concept       = is_free ? "kubernetes-nodes" : "kubernetes-control"
  wants         = is_free ? "machine" : "kubernetes-control"
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

# Sizes that may stand for others: D, E, F, FX and B of today that take premium disks, and NC and ND for GPUs. Left out are sizes with
# fewer vCPUs than they are billed for (`-2`), isolated (`i`) and confidential ones (DC, EC), those without `s`, and NV, of which most have a part of a GPU.
offer "azurerm_linux_virtual_machine" {
  concept   = "machine"
  provider  = "azure"
  type      = "azurerm_linux_virtual_machine"
  option    = "on demand"
  for_each  = { for name, type in table.azure_vm_size : name => merge(type, { parts = regex("^standard_([a-z]+)(.*)$", name) }) if can(regex("^standard_((d|e|f|fx)[0-9]+[a-hj-z]*s_v[2-9]|b[0-9]+[a-z]*s(_v2)?|n[cd][0-9]+[a-z]*s[a-z]*_[a-z0-9_]+)$", name)) }
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
  for_each  = { for name, type in table.azure_vm_size : name => merge(type, { parts = regex("^standard_([a-z]+)(.*)$", name) }) if can(regex("^standard_((d|e|f|fx)[0-9]+[a-hj-z]*s_v[2-9]|n[cd][0-9]+[a-z]*s[a-z]*_[a-z0-9_]+)$", name)) }
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

# A flexible server has the memory of the machine that its SKU names: GP_Standard_D4ds_v4.
workload "azurerm_mysql_flexible_server" {
  let {
    tier    = split("_", self.sku_name)[0]
    type    = table.azure_vm_size[lower(trimprefix(self.sku_name, "${tier}_"))]
    size_gb = known(self.storage[0].size_gb, 20)
  }
  concept    = "rdb-mysql"
  size       = self.sku_name
  vcpu       = type.vcpu
  memory_gb  = type.memory_mib / 1024
  burstable  = tier == "B"
  count      = 1
  gb         = size_gb
  engine     = "mysql"
  version    = known(self.version, null)
  ha         = length(coalesce(known(self.high_availability, null), [])) > 0
  state_gb   = size_gb
  assumed_gb = 100
}

workload "azurerm_postgresql_flexible_server" {
  let {
    tier    = split("_", self.sku_name)[0]
    type    = table.azure_vm_size[lower(trimprefix(self.sku_name, "${tier}_"))]
    size_gb = known(self.storage_mb, 32768) / 1024
  }
  concept    = "rdb-postgresql"
  size       = self.sku_name
  vcpu       = type.vcpu
  memory_gb  = type.memory_mib / 1024
  burstable  = tier == "B"
  count      = 1
  gb         = size_gb
  engine     = "postgres"
  version    = known(self.version, null)
  ha         = length(coalesce(known(self.high_availability, null), [])) > 0
  state_gb   = size_gb
  assumed_gb = 100
}

# A burstable server takes no standby. Backups are within the free size of the storage.
offer "azurerm_mysql_flexible_server" {
  concept   = "rdb-mysql"
  provider  = "azure"
  type      = "azurerm_mysql_flexible_server"
  option    = "on demand"
  for_each  = { for name, type in table.azure_vm_size : name => merge(type, { parts = regex("^standard_([a-z]+)(.*)$", name) }) if can(regex("^standard_(b(1ms|2s|2ms|4ms|8ms|12ms|16ms|20ms)|[de][0-9]+ds_v4|[de][0-9]+(ads|ds)_v5)$", name)) }
  when      = need.gb != null && !(need.ha == true && each.value.parts[0] == "b")
  size      = "${{ b = "B", d = "GP", e = "MO" }[each.value.parts[0]]}_Standard_${upper(each.value.parts[0])}${each.value.parts[1]}"
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_mib / 1024
  burstable = each.value.parts[0] == "b"
  self = {
    sku_name          = "${{ b = "B", d = "GP", e = "MO" }[each.value.parts[0]]}_Standard_${upper(each.value.parts[0])}${each.value.parts[1]}"
    storage           = [{ size_gb = max(20, need.gb), iops = coalesce(need.iops, 300) }]
    high_availability = need.ha == true ? [{ mode = "ZoneRedundant" }] : []
  }
  usage  = { additional_backup_storage_gb = 0 }
}

# Storage comes in steps from 32 GiB; IOPS follow from the step.
offer "azurerm_postgresql_flexible_server" {
  concept   = "rdb-postgresql"
  provider  = "azure"
  type      = "azurerm_postgresql_flexible_server"
  option    = "on demand"
  for_each  = { for name, type in table.azure_vm_size : name => merge(type, { parts = regex("^standard_([a-z]+)(.*)$", name) }) if can(regex("^standard_(b(1ms|2s|2ms|4ms|8ms|12ms|16ms|20ms)|[de][0-9]+ds_v4|[de][0-9]+(ads|ds)_v5)$", name)) }
  when      = need.gb <= 16384 && !(need.ha == true && each.value.parts[0] == "b")
  size      = "${{ b = "B", d = "GP", e = "MO" }[each.value.parts[0]]}_Standard_${upper(each.value.parts[0])}${each.value.parts[1]}"
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_mib / 1024
  burstable = each.value.parts[0] == "b"
  self = {
    sku_name          = "${{ b = "B", d = "GP", e = "MO" }[each.value.parts[0]]}_Standard_${upper(each.value.parts[0])}${each.value.parts[1]}"
    storage_mb        = [for gb in [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384] : gb * 1024 if gb >= coalesce(need.gb, 0)][0]
    high_availability = need.ha == true ? [{ mode = "ZoneRedundant" }] : []
  }
  usage  = { additional_backup_storage_gb = 0 }
  losses = need.iops == null ? [] : ["iops-lower"]
}

# GB of a cache by family and capacity. https://azure.microsoft.com/pricing/details/cache/
table "azure_redis_memory_gb" {
  rows = { C0 = 0.25, C1 = 1, C2 = 2.5, C3 = 6, C4 = 13, C5 = 26, C6 = 53, P1 = 6, P2 = 13, P3 = 26, P4 = 53, P5 = 120 }
}

workload "azurerm_redis_cache" {
  let {
    node_gb = table.azure_redis_memory_gb["${self.family}${self.capacity}"]
    copies  = coalesce(known(self.replicas_per_primary, null), known(self.replicas_per_master, null), 1)
  }
  concept    = "cache-redis"
  size       = "${self.sku_name}_${self.family}${self.capacity}"
  memory_gb  = node_gb * max(1, coalesce(known(self.shard_count, null), 1))
  count      = 1
  engine     = "redis"
  version    = known(self.redis_version, null)
  ha         = self.sku_name != "Basic"
  replicas   = self.sku_name == "Basic" ? 0 : (self.sku_name == "Standard" ? 1 : copies)
  state_gb   = 0
  assumed_gb = 200
}

offer "azurerm_redis_cache" {
  concept   = "cache-redis"
  provider  = "azure"
  type      = "azurerm_redis_cache"
  option    = "on demand"
  for_each  = { for name, gb in table.azure_redis_memory_gb : name => { memory_gb = gb } if startswith(name, "C") || name == "P5" }
  when      = each.value.memory_gb >= need.memory_gb
  size      = each.key
  memory_gb = each.value.memory_gb
  burstable = false
  self = {
    sku_name = each.key == "P5" ? "Premium" : (need.ha == true ? "Standard" : "Basic")
    family   = substr(each.key, 0, 1)
    capacity = tonumber(substr(each.key, 1, 1))
  }
  # Premium caches have persistence, and a network of their own.
  losses = concat(coalesce(need.replicas, 0) > 1 ? ["ha-weaker"] : [], startswith(coalesce(need.size, "-"), "Premium") && each.key != "P5" ? ["sla-lower"] : [])
}

# The class that a provider names, by what it is for.
table "azure_object_tier" {
  rows = { Hot = "standard", Cool = "infrequent", Cold = "infrequent" }
}

# An account that only holds files is none of objects.
workload "azurerm_storage_account" {
  let {
    begins = known(self.access_tier, "Hot")
    policies = referrers("azurerm_storage_management_policy", "storage_account_id")
    rules = flatten([for policy in policies : [for rule in known(policy.rule, []) : {
      name    = rule.name
      base    = rule.actions[0].base_blob[0]
      narrows = [rule.filters[0].prefix_match, rule.filters[0].match_blob_index_tag]
      others  = [rule.actions[0].snapshot, rule.actions[0].version]
    } if rule.enabled == true]])
  }
  class      = contains(["Cool", "Cold"], begins) ? begins : null
  # Days of -1 are none. Data is taken to be written once: its last change is its creation.
  lifecycle = concat(
    [for policy in policies : { name = "of the management policy", doubt = "its rules are known after apply only" } if known(policy.rule, null) == null],
    [for rule in rules : {
      name = rule.name
      moves = [for move in [
        { day = coalesce(rule.base.tier_to_cool_after_days_since_modification_greater_than, rule.base.tier_to_cool_after_days_since_creation_greater_than, -1), class = "Cool" },
        { day = coalesce(rule.base.tier_to_cold_after_days_since_modification_greater_than, rule.base.tier_to_cold_after_days_since_creation_greater_than, -1), class = "Cold" },
        { day = coalesce(rule.base.tier_to_archive_after_days_since_modification_greater_than, rule.base.tier_to_archive_after_days_since_creation_greater_than, -1), class = "Archive" },
      ] : move if move.day >= 0]
      deletes_after = [for day in [coalesce(rule.base.delete_after_days_since_modification_greater_than, rule.base.delete_after_days_since_creation_greater_than, -1)] : day >= 0 ? day : null][0]
      doubt = (
        length([for narrow in rule.narrows : narrow if !known(narrow == null, false) && length(known(narrow, ["?"])) > 0]) > 0 ? "it is for a prefix or tags, and their share of the data is not known" :
        length([for day in [rule.base.tier_to_cool_after_days_since_last_access_time_greater_than, rule.base.tier_to_cold_after_days_since_last_access_time_greater_than, rule.base.tier_to_archive_after_days_since_last_access_time_greater_than, rule.base.delete_after_days_since_last_access_time_greater_than] : day if !known(day == null, false) && known(day, 0) >= 0]) > 0 ? "it asks when data was last read, which nobody knows" : null
      )
      aside = length([for other in rule.others : other if length(known(other, [])) > 0]) > 0 ? "what it does with snapshots and versions is not judged: nothing is known of them" : null
    }],
  )
  concept    = contains(["FileStorage"], coalesce(known(self.account_kind, null), "StorageV2")) || self.account_tier == "Premium" ? null : "object"
  tier       = coalesce(table.azure_object_tier[known(self.access_tier, "Hot")], "standard")
  gb         = usage.storage_gb
  writes     = usage.monthly_write_operations
  reads      = usage.monthly_read_operations
  state_gb   = usage.storage_gb
  assumed_gb = 0
}

# Over zones, as the others store. What is read from the cool tier is not known.
offer "azurerm_storage_account" {
  concept  = "object"
  provider = "azure"
  type     = "azurerm_storage_account"
  option   = "on demand"
  for_each = { standard = "Hot", infrequent = "Cool" }
  when     = need.gb != null && need.tier == each.key
  size     = each.value
  self = {
    account_kind             = "StorageV2"
    account_tier             = "Standard"
    account_replication_type = "ZRS"
    access_tier              = each.value
  }
  usage = {
    storage_gb                                   = need.gb
    monthly_write_operations                     = need.writes
    monthly_read_operations                      = need.reads
    monthly_list_and_create_container_operations = 0
    monthly_other_operations                     = 0
    blob_index_tags                              = 0
  }
}

workload "azurerm_virtual_machine_data_disk_attachment" { joins = ["managed_disk_id", "virtual_machine_id"] }

workload "azurerm_managed_disk" {
  let {
    kind  = coalesce(table.azure_disk_class[split("_", self.storage_account_type)[0]], "general")
    words = { general = "block-general", provisioned = "block-provisioned-iops", cold = "block-cold" }
  }
  concept  = words[kind]
  size     = self.storage_account_type
  gb       = known(self.disk_size_gb, null)
  iops     = kind == "provisioned" ? known(self.disk_iops_read_write, null) : null
  state_gb = known(self.disk_size_gb, null)
}

offer "azurerm_managed_disk" {
  concept  = "block-general"
  provider = "azure"
  type     = "azurerm_managed_disk"
  option   = "on demand"
  when     = need.gb <= 32767
  size     = "Premium_LRS"
  self     = { storage_account_type = "Premium_LRS", disk_size_gb = need.gb }
}

# Premium v2 disks come with 3,000 IOPS and 125 MB/s; as much throughput is bought as operations of 16 KiB take.
offer "azurerm_managed_disk_provisioned" {
  concept  = "block-provisioned-iops"
  provider = "azure"
  type     = "azurerm_managed_disk"
  option   = "on demand"
  when     = need.gb <= 65536 && coalesce(need.iops, 3000) <= 80000
  size     = "PremiumV2_LRS"
  self     = { storage_account_type = "PremiumV2_LRS", disk_size_gb = need.gb, disk_iops_read_write = max(3000, coalesce(need.iops, 3000)), disk_mbps_read_write = max(125, ceil(coalesce(need.iops, 3000) / 64)) }
}

# Operations of standard disks are billed, and not known.
offer "azurerm_managed_disk_cold" {
  concept  = "block-cold"
  provider = "azure"
  type     = "azurerm_managed_disk"
  option   = "on demand"
  when     = need.gb <= 32767
  size     = "Standard_LRS"
  self     = { storage_account_type = "Standard_LRS", disk_size_gb = need.gb }
}

workload "azurerm_public_ip" { companion = true }

workload "azurerm_lb" {
  let { faces = [for face in known(self.frontend_ip_configuration, []) : face if known(face.subnet_id, null) == null] }
  companion  = true
  traffic_gb = usage.monthly_data_processed_gb
  fronts     = length(faces) > 0 && ref("frontend_ip_configuration.subnet_id") == null && known(self.sku, "Standard") != "Basic"
  processes  = "Data processed"
}

# The second generation is billed by capacity units, of which data is one measure of three.
workload "azurerm_application_gateway" {
  companion  = true
  traffic_gb = usage.monthly_data_processed_gb
  fronts     = true
  processes  = endswith(known(self.sku[0].name, "-"), "_v2") ? null : "Data processed"
}

workload "azurerm_subnet_nat_gateway_association" { leads = ["subnet_id", "nat_gateway_id"] }
workload "azurerm_nat_gateway" { processes = "Data processed" }

# The private name of what it connects leads all networks that know the name through it.
# https://learn.microsoft.com/azure/private-link/private-endpoint-overview
workload "azurerm_private_endpoint" {
  processes = ["Inbound data processed", "Outbound data processed"]
  serves    = ["private_service_connection.private_connection_resource_id"]
}
