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
