# What resources of Google need wherever they run, and which of Google could stand for others.

# Families that may stand for others: those that boot from pd-balanced. N4, C4, C4A and their like take only hyperdisk-balanced,
# which the price book does not have. https://cloud.google.com/compute/docs/disks#pdspecs
table "google_offered_family" {
  rows = {
    e2 = "machine", n1 = "machine", n2 = "machine", n2d = "machine", t2a = "machine", t2d = "machine"
    c2 = "machine", c2d = "machine", c3 = "machine", c3d = "machine"
    a2 = "gpu", g2 = "gpu"
  }
}

# GPUs that come with a machine type. https://cloud.google.com/compute/docs/gpus
table "google_gpus_of_type" {
  rows = {
    "a2-highgpu-1g"  = 1, "a2-highgpu-2g" = 2, "a2-highgpu-4g" = 4, "a2-highgpu-8g" = 8, "a2-megagpu-16g" = 16
    "a2-ultragpu-1g" = 1, "a2-ultragpu-2g" = 2, "a2-ultragpu-4g" = 4, "a2-ultragpu-8g" = 8
    "g2-standard-4"  = 1, "g2-standard-8" = 1, "g2-standard-12" = 1, "g2-standard-16" = 1, "g2-standard-24" = 2
    "g2-standard-32" = 1, "g2-standard-48" = 4, "g2-standard-96" = 8
  }
}

table "google_disk_class" {
  rows = {
    "pd-standard" = "cold", "pd-balanced" = "general", "pd-ssd" = "general", "hyperdisk-balanced" = "general"
    "pd-extreme" = "provisioned", "hyperdisk-extreme" = "provisioned"
  }
}

# Families on Arm processors; all others are x86.
table "google_arm_family" {
  rows = { t2a = true, c4a = true, n4a = true, a4x = true }
}

workload "google_compute_instance" {
  let {
    scheduling = known(self.scheduling, [])[0]
    name       = reverse(split("/", self.machine_type))[0]
    type       = table.google_machine_type[name]
    is_custom  = can(regex("custom-[0-9]+-[0-9]+", name))
    boot       = known(self.boot_disk, [])[0]
    parameters = known(boot.initialize_params, [])[0]
    has_source = known(boot.source, null) != null && parameters == null
    scratch    = [for disk in known(self.scratch_disk, []) : { gb = coalesce(known(disk.size, null), 375), class = "general" }]
    booted     = has_source ? [] : [{ gb = coalesce(known(parameters.size, null), 10), class = coalesce(table.google_disk_class[reverse(split("/", known(parameters.type, "pd-standard")))[0]], "general") }]
    image      = lower(coalesce(known(parameters.image, null), "-"))
  }
  concept       = "vm"
  wants         = "machine"
  size          = name
  vcpu          = is_custom ? tonumber(regex("custom-([0-9]+)-", name)[0]) : type.vcpu
  memory_gb     = is_custom ? tonumber(regex("custom-[0-9]+-([0-9]+)", name)[0]) / 1024 : type.memory_gb
  arch          = table.google_arm_family[split("-", name)[0]] == true ? "arm64" : "amd64"
  gpus          = coalesce(table.google_gpus_of_type[name], sum([for gpu in known(self.guest_accelerator, []) : known(gpu.count, 1)]))
  os            = strcontains(image, "windows") ? "windows" : (can(regex("rhel|sles|sql-", image)) ? "other" : "linux")
  burstable     = contains(["e2-micro", "e2-small", "e2-medium", "f1-micro", "g1-small"], name)
  count         = 1
  direct        = length(coalesce(known(self.network_interface, [])[0].access_config, [])) > 0
  hours         = usage.monthly_hrs
  interruptible = known(scheduling.preemptible, false) == true || known(scheduling.provisioning_model, "STANDARD") == "SPOT"
  disks         = concat(booted, scratch)
  state_gb      = 0
}

workload "google_compute_instance_group_manager" {
  let {
    autoscaler = referrers("google_compute_autoscaler", "target")[0]
    policy     = autoscaler.autoscaling_policy[0]
    source     = ref("version.instance_template")
    scheduling = known(source.scheduling, [])[0]
    name       = reverse(split("/", source.machine_type))[0]
    type       = table.google_machine_type[name]
    is_custom  = can(regex("custom-[0-9]+-[0-9]+", name))
    all        = coalesce(known(source.disk, null), [])
    image      = lower(coalesce(known(all[0].source_image, null), "-"))
  }
  concept       = "vm-group"
  wants         = "machine"
  size          = name
  vcpu          = is_custom ? tonumber(regex("custom-([0-9]+)-", name)[0]) : type.vcpu
  memory_gb     = is_custom ? tonumber(regex("custom-[0-9]+-([0-9]+)", name)[0]) / 1024 : type.memory_gb
  arch          = table.google_arm_family[split("-", name)[0]] == true ? "arm64" : "amd64"
  gpus          = coalesce(table.google_gpus_of_type[name], sum([for gpu in coalesce(known(source.guest_accelerator, null), []) : known(gpu.count, 1)]))
  os            = strcontains(image, "windows") ? "windows" : (can(regex("rhel|sles|sql-", image)) ? "other" : "linux")
  burstable     = contains(["e2-micro", "e2-small", "e2-medium", "f1-micro", "g1-small"], name)
  count         = coalesce(known(self.target_size, null), policy.min_replicas)
  min           = policy.min_replicas
  max           = policy.max_replicas
  interruptible = scheduling.preemptible == true || scheduling.provisioning_model == "SPOT"
  disks         = [for disk in all : { gb = coalesce(known(disk.disk_size_gb, null), known(disk.type, null) == "SCRATCH" ? 375 : 10), class = coalesce(table.google_disk_class[known(disk.disk_type, "pd-standard")], "general") } if known(disk.source, null) == null]
  state_gb      = 0
}

workload "google_compute_region_instance_group_manager" {
  let {
    autoscaler = referrers("google_compute_region_autoscaler", "target")[0]
    policy     = autoscaler.autoscaling_policy[0]
    source     = ref("version.instance_template")
    scheduling = known(source.scheduling, [])[0]
    name       = reverse(split("/", source.machine_type))[0]
    type       = table.google_machine_type[name]
    is_custom  = can(regex("custom-[0-9]+-[0-9]+", name))
    all        = coalesce(known(source.disk, null), [])
    image      = lower(coalesce(known(all[0].source_image, null), "-"))
  }
  concept       = "vm-group"
  wants         = "machine"
  size          = name
  vcpu          = is_custom ? tonumber(regex("custom-([0-9]+)-", name)[0]) : type.vcpu
  memory_gb     = is_custom ? tonumber(regex("custom-[0-9]+-([0-9]+)", name)[0]) / 1024 : type.memory_gb
  arch          = table.google_arm_family[split("-", name)[0]] == true ? "arm64" : "amd64"
  gpus          = coalesce(table.google_gpus_of_type[name], sum([for gpu in coalesce(known(source.guest_accelerator, null), []) : known(gpu.count, 1)]))
  os            = strcontains(image, "windows") ? "windows" : (can(regex("rhel|sles|sql-", image)) ? "other" : "linux")
  burstable     = contains(["e2-micro", "e2-small", "e2-medium", "f1-micro", "g1-small"], name)
  count         = coalesce(known(self.target_size, null), policy.min_replicas)
  min           = policy.min_replicas
  max           = policy.max_replicas
  interruptible = scheduling.preemptible == true || scheduling.provisioning_model == "SPOT"
  disks         = [for disk in all : { gb = coalesce(known(disk.disk_size_gb, null), known(disk.type, null) == "SCRATCH" ? 375 : 10), class = coalesce(table.google_disk_class[known(disk.disk_type, "pd-standard")], "general") } if known(disk.source, null) == null]
  state_gb      = 0
}

# A pool inside of a cluster stays with it: the fee of the cluster is in its cost, and would seem saved by moving the nodes.
# Nodes boot from 100 GB of pd-balanced and are e2-medium where nothing else is said.
workload "google_container_node_pool" {
  let {
    cluster     = ref("cluster", "google_container_cluster")
    location    = coalesce(known(self.location, null), cluster.location, "")
    is_zonal    = can(regex("-[a-z]$", location))
    own_zones   = known(self.node_locations, [])
    named_zones = length(own_zones) > 0 ? own_zones : coalesce(known(cluster.node_locations, null), [])
    zones       = length(named_zones) > 0 ? length(named_zones) : (is_zonal ? 1 : 3)
    scaling     = known(self.autoscaling, [])[0]
    per_zone    = coalesce(known(self.node_count, null), known(self.initial_node_count, null), scaling.min_node_count, 1)
    config      = known(self.node_config, [])[0]
    name        = coalesce(known(config.machine_type, null), "e2-medium")
    type        = table.google_machine_type[name]
    is_custom   = can(regex("custom-[0-9]+-[0-9]+", name))
  }
  concept       = "kubernetes-nodes"
  wants         = "machine"
  size          = name
  vcpu          = is_custom ? tonumber(regex("custom-([0-9]+)-", name)[0]) : type.vcpu
  memory_gb     = is_custom ? tonumber(regex("custom-[0-9]+-([0-9]+)", name)[0]) / 1024 : type.memory_gb
  arch          = table.google_arm_family[split("-", name)[0]] == true ? "arm64" : "amd64"
  gpus          = coalesce(table.google_gpus_of_type[name], sum([for gpu in coalesce(known(config.guest_accelerator, null), []) : known(gpu.count, 1)]))
  os            = startswith(coalesce(known(config.image_type, null), "COS"), "WINDOWS") ? "windows" : "linux"
  burstable     = contains(["e2-micro", "e2-small", "e2-medium", "f1-micro", "g1-small"], name)
  count         = coalesce(usage.nodes, scaling.total_min_node_count, per_zone * zones)
  min           = coalesce(scaling.total_min_node_count, scaling.min_node_count * zones)
  max           = coalesce(scaling.total_max_node_count, scaling.max_node_count * zones)
  interruptible = known(config.preemptible, false) == true || known(config.spot, false) == true
  disks         = [{ gb = coalesce(known(config.disk_size_gb, null), 100), class = coalesce(table.google_disk_class[coalesce(known(config.disk_type, null), "pd-balanced")], "general") }]
  state_gb      = 0
}

# Google's lists at hand do not price Windows: nothing is offered for it.
offer "google_compute_instance" {
  concept   = "machine"
  provider  = "google"
  type      = "google_compute_instance"
  option    = "on demand"
  for_each  = { for name, type in table.google_machine_type : name => merge(type, { kind = table.google_offered_family[type.family], gpu = coalesce(table.google_gpus_of_type[name], 0) }) if table.google_offered_family[type.family] != null }
  when      = coalesce(need.os, "linux") == "linux" && (each.value.kind == "gpu" ? each.value.gpu >= coalesce(need.gpus, 0) && coalesce(need.gpus, 0) > 0 : coalesce(need.gpus, 0) == 0)
  size      = each.key
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_gb
  arch      = table.google_arm_family[each.value.family] == true ? "arm64" : "amd64"
  gpus      = each.value.gpu
  burstable = contains(["e2-micro", "e2-small", "e2-medium"], each.key)
  self = {
    machine_type = each.key
    boot_disk    = [{ initialize_params = [{ size = max(10, coalesce(need.disk_gb, 10)), type = "pd-balanced" }] }]
  }
  usage  = { monthly_hrs = coalesce(need.hours, 730) }
  losses = coalesce(need.gpus, 0) > 0 ? ["perf-unknown"] : []
}

offer "google_compute_instance_spot" {
  concept   = "machine"
  provider  = "google"
  type      = "google_compute_instance"
  option    = "spot"
  for_each  = { for name, type in table.google_machine_type : name => merge(type, { kind = table.google_offered_family[type.family], gpu = coalesce(table.google_gpus_of_type[name], 0) }) if table.google_offered_family[type.family] != null }
  when      = coalesce(need.interruptible, false) && coalesce(need.os, "linux") == "linux" && (each.value.kind == "gpu" ? each.value.gpu >= coalesce(need.gpus, 0) && coalesce(need.gpus, 0) > 0 : coalesce(need.gpus, 0) == 0)
  size      = each.key
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_gb
  arch      = table.google_arm_family[each.value.family] == true ? "arm64" : "amd64"
  gpus      = each.value.gpu
  burstable = contains(["e2-micro", "e2-small", "e2-medium"], each.key)
  self = {
    machine_type = each.key
    scheduling   = [{ preemptible = true, provisioning_model = "SPOT" }]
    boot_disk    = [{ initialize_params = [{ size = max(10, coalesce(need.disk_gb, 10)), type = "pd-balanced" }] }]
  }
  usage  = { monthly_hrs = coalesce(need.hours, 730) }
  losses = coalesce(need.gpus, 0) > 0 ? ["perf-unknown"] : []
}

# Enterprise Plus tiers have 8 GB a vCPU. https://cloud.google.com/sql/docs/mysql/instance-settings
workload "google_sql_database_instance" {
  let {
    settings  = known(self.settings, [])[0]
    named     = table.google_sql_tier[settings.tier]
    shared_gb = { "db-f1-micro" = 0.6, "db-g1-small" = 1.7 }[settings.tier]
    custom    = try(regex("^db-custom-([0-9]+)-([0-9]+)$", settings.tier), null)
    plus      = try(regex("^db-perf-optimized-N-([0-9]+)$", settings.tier), null)
    release   = known(self.database_version, "-")
    kind      = split("_", release)[0]
    size_gb   = coalesce(known(settings.disk_size, null), 10)
  }
  concept    = { MYSQL = "rdb-mysql", POSTGRES = "rdb-postgresql", SQLSERVER = "rdb-sqlserver" }[kind]
  size       = settings.tier
  vcpu       = shared_gb != null ? 1 : (custom != null ? tonumber(custom[0]) : (plus != null ? tonumber(plus[0]) : named.cores))
  memory_gb  = shared_gb != null ? shared_gb : (custom != null ? tonumber(custom[1]) / 1024 : (plus != null ? tonumber(plus[0]) * 8 : named.memory_gb))
  burstable  = shared_gb != null
  count      = 1
  gb         = size_gb
  engine     = lower(kind)
  version    = replace(trimprefix(release, "${kind}_"), "_", ".")
  ha         = known(settings.availability_type, "ZONAL") == "REGIONAL"
  state_gb   = size_gb
  assumed_gb = 100
}

# Shapes of custom machines: an even number of vCPUs, 0.9 to 6.5 GB each. https://cloud.google.com/sql/docs/mysql/create-instance
table "google_sql_shape" {
  rows = {
    "1-3840"    = { cores = 1, memory_gb = 3.75 }, "2-3840" = { cores = 2, memory_gb = 3.75 }
    "2-8192"    = { cores = 2, memory_gb = 8 }, "2-13312" = { cores = 2, memory_gb = 13 }
    "4-8192"    = { cores = 4, memory_gb = 8 }, "4-16384" = { cores = 4, memory_gb = 16 }, "4-26624" = { cores = 4, memory_gb = 26 }
    "6-32768"   = { cores = 6, memory_gb = 32 }, "8-16384" = { cores = 8, memory_gb = 16 }, "8-32768" = { cores = 8, memory_gb = 32 }
    "8-53248"   = { cores = 8, memory_gb = 52 }, "10-65536" = { cores = 10, memory_gb = 64 }
    "16-32768"  = { cores = 16, memory_gb = 32 }, "16-65536" = { cores = 16, memory_gb = 64 }, "16-106496" = { cores = 16, memory_gb = 104 }
    "20-131072" = { cores = 20, memory_gb = 128 }, "32-65536" = { cores = 32, memory_gb = 64 }
    "32-131072" = { cores = 32, memory_gb = 128 }, "32-212992" = { cores = 32, memory_gb = 208 }
    "40-262144" = { cores = 40, memory_gb = 256 }, "64-262144" = { cores = 64, memory_gb = 256 }, "64-425984" = { cores = 64, memory_gb = 416 }
    "80-524288" = { cores = 80, memory_gb = 512 }, "96-393216" = { cores = 96, memory_gb = 384 }, "96-638976" = { cores = 96, memory_gb = 624 }
  }
}

# Backups are billed from the first GB: one as large as the storage is counted. IOPS follow from the storage.
offer "google_sql_database_instance_mysql" {
  concept   = "rdb-mysql"
  provider  = "google"
  type      = "google_sql_database_instance"
  option    = "on demand"
  for_each  = table.google_sql_shape
  when      = need.gb != null
  size      = "db-custom-${each.key}"
  vcpu      = each.value.cores
  memory_gb = each.value.memory_gb
  burstable = false
  self = {
    database_version = "MYSQL_8_4"
    settings = [{
      tier              = "db-custom-${each.key}"
      edition           = "ENTERPRISE"
      availability_type = need.ha == true ? "REGIONAL" : "ZONAL"
      disk_type         = "PD_SSD"
      disk_size         = max(10, need.gb)
    }]
  }
  usage  = { backup_storage_gb = need.gb }
  losses = need.iops == null ? [] : ["iops-lower"]
}

offer "google_sql_database_instance_postgresql" {
  concept   = "rdb-postgresql"
  provider  = "google"
  type      = "google_sql_database_instance"
  option    = "on demand"
  for_each  = table.google_sql_shape
  when      = need.gb != null
  size      = "db-custom-${each.key}"
  vcpu      = each.value.cores
  memory_gb = each.value.memory_gb
  burstable = false
  self = {
    database_version = "POSTGRES_16"
    settings = [{
      tier              = "db-custom-${each.key}"
      edition           = "ENTERPRISE"
      availability_type = need.ha == true ? "REGIONAL" : "ZONAL"
      disk_type         = "PD_SSD"
      disk_size         = max(10, need.gb)
    }]
  }
  usage  = { backup_storage_gb = need.gb }
  losses = need.iops == null ? [] : ["iops-lower"]
}

workload "google_redis_instance" {
  concept    = "cache-redis"
  size       = known(self.tier, "BASIC")
  memory_gb  = self.memory_size_gb
  count      = 1
  engine     = "redis"
  version    = known(self.redis_version, null)
  ha         = known(self.tier, "BASIC") == "STANDARD_HA"
  replicas   = known(self.tier, "BASIC") == "STANDARD_HA" ? coalesce(known(self.replica_count, null), 1) : 0
  state_gb   = 0
  assumed_gb = 200
}

# An instance has as many whole GB as are needed, up to 300.
offer "google_redis_instance" {
  concept  = "cache-redis"
  provider = "google"
  type     = "google_redis_instance"
  option   = "on demand"
  for_each = { BASIC = false, STANDARD_HA = true }
  when     = need.memory_gb <= 300 && (need.ha == true) == each.value
  size     = each.key
  self     = { memory_size_gb = max(1, ceil(need.memory_gb)), tier = each.key }
  losses   = coalesce(need.replicas, 0) > 1 ? ["ha-weaker"] : []
}

# The class that a provider names, by what it is for.
table "google_object_tier" {
  rows = { STANDARD = "standard", MULTI_REGIONAL = "standard", REGIONAL = "standard", NEARLINE = "infrequent", COLDLINE = "infrequent", ARCHIVE = "archive" }
}

workload "google_storage_bucket" {
  let {
    begins = known(self.storage_class, "STANDARD")
    rules = [for rule in known(self.lifecycle_rule, []) : {
      kind   = rule.action[0].type
      target = rule.action[0].storage_class
      when   = rule.condition[0]
      from   = known(rule.condition[0].matches_storage_class, [])
      is_old = known(rule.condition[0].with_state, "-") == "ARCHIVED" || known(rule.condition[0].num_newer_versions, 0) > 0 || known(rule.condition[0].days_since_noncurrent_time, 0) > 0 || known(rule.condition[0].noncurrent_time_before, "") != ""
    }]
  }
  class      = contains(["NEARLINE", "COLDLINE", "ARCHIVE"], begins) ? begins : null
  lifecycle = [for at, rule in rules : {
    name = "no. ${at + 1}"
    moves = rule.kind != "SetStorageClass" || rule.is_old ? [] : [{
      day       = rule.when.age
      class     = rule.target
      only_from = length(rule.from) > 0 ? rule.from : null
    }]
    deletes_after = rule.kind != "Delete" || rule.is_old || length(rule.from) > 0 ? null : rule.when.age
    doubt = rule.is_old ? null : (
      length([for narrow in [rule.when.matches_prefix, rule.when.matches_suffix] : narrow if !known(narrow == null, false) && length(known(narrow, ["?"])) > 0]) > 0 ? "it is for a prefix or suffix, and its share of the data is not known" :
      known(rule.when.age, 0) == 0 ? "it asks for something else than an age" :
      known(rule.when.created_before, "") != "" || known(rule.when.custom_time_before, "") != "" || known(rule.when.days_since_custom_time, 0) > 0 ? "it asks for a date beside the age, and how old the data is then is not known" :
      rule.kind == "Delete" && length(rule.from) > 0 ? "it deletes what is in some classes only" : null
    )
    aside = rule.is_old ? "it is for noncurrent versions, of which nothing is known" : null
  } if contains(["SetStorageClass", "Delete"], rule.kind)]
  concept    = "object"
  tier       = table.google_object_tier[known(self.storage_class, "STANDARD")]
  gb         = usage.storage_gb
  writes     = usage.monthly_class_a_operations
  reads      = usage.monthly_class_b_operations
  state_gb   = usage.storage_gb
  assumed_gb = 0
  # China and Australia have prices of their own, and stay with the bucket.
  internet_gb = (usage.monthly_egress_data_transfer_gb.worldwide == null && usage.monthly_egress_data_transfer_gb.asia == null) ? null : coalesce(usage.monthly_egress_data_transfer_gb.worldwide, 0) + coalesce(usage.monthly_egress_data_transfer_gb.asia, 0)
  charged_in = [
    "Data transfer to worldwide excluding Asia, Australia",
    "Data transfer to Asia excluding China, but including Hong Kong",
  ]
}

# What is read from Nearline is not known; traffic is counted apart.
offer "google_storage_bucket" {
  concept  = "object"
  provider = "google"
  type     = "google_storage_bucket"
  option   = "on demand"
  for_each = { standard = "STANDARD", infrequent = "NEARLINE" }
  when     = need.gb != null && need.tier == each.key
  size     = each.value
  self     = { location = upper(region), storage_class = each.value }
  usage    = { storage_gb = need.gb, monthly_class_a_operations = need.writes, monthly_class_b_operations = need.reads }
}

workload "google_compute_attached_disk" { joins = ["disk", "instance"] }

workload "google_compute_disk" {
  let {
    name    = reverse(split("/", known(self.type, "pd-standard")))[0]
    kind    = coalesce(table.google_disk_class[name], "general")
    words   = { general = "block-general", provisioned = "block-provisioned-iops", cold = "block-cold" }
    size_gb = coalesce(known(self.size, null), ref("image").disk_size_gb, ref("snapshot").disk_size_gb, table.google_disk_type[name].gb)
  }
  concept  = words[kind]
  size     = name
  gb       = size_gb
  iops     = kind == "provisioned" ? known(self.provisioned_iops, null) : null
  state_gb = size_gb
}

offer "google_compute_disk" {
  concept  = "block-general"
  provider = "google"
  type     = "google_compute_disk"
  option   = "on demand"
  when     = need.gb != null
  size     = "pd-balanced"
  self     = { type = "pd-balanced", size = max(10, need.gb) }
}

offer "google_compute_disk_provisioned" {
  concept  = "block-provisioned-iops"
  provider = "google"
  type     = "google_compute_disk"
  option   = "on demand"
  when     = need.gb != null
  size     = "hyperdisk-extreme"
  self     = { type = "hyperdisk-extreme", size = max(64, need.gb), provisioned_iops = coalesce(need.iops, 3000) }
}

offer "google_compute_disk_cold" {
  concept  = "block-cold"
  provider = "google"
  type     = "google_compute_disk"
  option   = "on demand"
  when     = need.gb != null
  size     = "pd-standard"
  self     = { type = "pd-standard", size = max(10, need.gb) }
}

workload "google_compute_address" { companion = true }

# Only what comes in is known and billed: it says how much passes, and nothing of what leaves.
workload "google_compute_forwarding_rule" {
  # The end of Private Service Connect, of whose data no list here has a price: no component is named so.
  let { is_link = ref("target", "google_compute_service_attachment") != null }
  companion  = !is_link
  traffic_gb = is_link ? null : usage.monthly_ingress_data_gb
  fronts     = !is_link && startswith(known(self.load_balancing_scheme, "EXTERNAL"), "EXTERNAL")
  processes  = is_link ? "Private Service Connect" : null
  serves     = is_link ? ["target"] : null
  within     = "network"
}

workload "google_compute_global_forwarding_rule" {
  companion  = true
  traffic_gb = usage.monthly_ingress_data_gb
  fronts     = startswith(known(self.load_balancing_scheme, "EXTERNAL"), "EXTERNAL")
}

# A gateway stands at the router of a network and serves its machines without addresses of their own.
# https://cloud.google.com/nat/docs/overview
workload "google_compute_router" { leads = ["network", "."] }
workload "google_compute_router_nat" {
  leads     = ["router", "."]
  processes = "Data processed"
}
