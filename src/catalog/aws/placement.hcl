# What resources of AWS need wherever they run, and which of AWS could stand for others.

# Families that may stand for others: what is sold today, without local disks and without accelerators other than GPUs.
# https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-type-specifications.html
table "aws_offered_family" {
  rows = {
    t3 = "burstable", t3a = "burstable", t4g = "burstable"
    m5 = "machine", m5a = "machine", m6a = "machine", m6g = "machine", m6i = "machine"
    m7a = "machine", m7g = "machine", m7i = "machine", "m7i-flex" = "machine"
    m8a = "machine", m8g = "machine", m8i = "machine", "m8i-flex" = "machine"
    c5 = "machine", c5a = "machine", c6a = "machine", c6g = "machine", c6i = "machine"
    c7a = "machine", c7g = "machine", c7i = "machine", "c7i-flex" = "machine"
    c8a = "machine", c8g = "machine", c8i = "machine", "c8i-flex" = "machine"
    r5 = "machine", r5a = "machine", r6a = "machine", r6g = "machine", r6i = "machine"
    r7a = "machine", r7g = "machine", r7i = "machine", r8a = "machine", r8g = "machine", r8i = "machine", "r8i-flex" = "machine"
    x8g = "machine"
    g4dn = "gpu", g5 = "gpu", g6 = "gpu", g6e = "gpu", p3 = "gpu", p4d = "gpu", p5 = "gpu"
  }
}

table "aws_volume_class" {
  rows = { gp2 = "general", gp3 = "general", standard = "general", io1 = "provisioned", io2 = "provisioned", st1 = "cold", sc1 = "cold" }
}

# A plan does not say what an AMI holds; usage does. Other systems than these two carry a licence of their own.
table "aws_system" {
  rows = { linux = "linux", windows = "windows" }
}

workload "aws_instance" {
  let {
    template = coalesce(ref("launch_template.id"), ref("launch_template.name"))
    type     = table.aws_instance_type[size_now]
    size_now = coalesce(known(self.instance_type, null), template.instance_type)
    root     = known(self.root_block_device, [])
    mapped   = [for mapping in coalesce(known(template.block_device_mappings, null), []) : mapping.ebs[0] if mapping.ebs[0] != null]
    extra    = known(self.ebs_block_device, [])
    volumes  = concat(length(root) > 0 ? root : (length(mapped) > 0 ? [] : [{ volume_size = 8 }]), extra, length(root) > 0 ? [] : mapped)
    market   = coalesce(known(self.instance_market_options, [])[0].market_type, template.instance_market_options[0].market_type)
  }
  concept       = "vm"
  wants         = "machine"
  size          = size_now
  vcpu          = type.vcpu
  memory_gb     = type.memory_gb
  arch          = type.architecture
  gpus          = type.gpu
  os            = coalesce(table.aws_system[lower(usage.operating_system)], "other")
  burstable     = can(regex("^t[1-9]", size_now))
  count         = 1
  hours         = usage.monthly_hrs
  interruptible = market == "spot"
  disks         = [for volume in volumes : { gb = coalesce(known(volume.volume_size, null), 8), class = coalesce(table.aws_volume_class[known(volume.volume_type, "gp2")], "general"), iops = known(volume.iops, null) }]
  state_gb      = sum([for volume in extra : coalesce(known(volume.volume_size, null), 8)])
}

workload "aws_spot_instance_request" {
  let {
    template = coalesce(ref("launch_template.id"), ref("launch_template.name"))
    size_now = coalesce(known(self.instance_type, null), template.instance_type)
    type     = table.aws_instance_type[size_now]
    root     = known(self.root_block_device, [])
    mapped   = [for mapping in coalesce(known(template.block_device_mappings, null), []) : mapping.ebs[0] if mapping.ebs[0] != null]
    extra    = known(self.ebs_block_device, [])
    volumes  = concat(length(root) > 0 ? root : (length(mapped) > 0 ? [] : [{ volume_size = 8 }]), extra, length(root) > 0 ? [] : mapped)
  }
  concept       = "vm"
  wants         = "machine"
  size          = size_now
  vcpu          = type.vcpu
  memory_gb     = type.memory_gb
  arch          = type.architecture
  gpus          = type.gpu
  os            = coalesce(table.aws_system[lower(usage.operating_system)], "other")
  burstable     = can(regex("^t[1-9]", size_now))
  count         = 1
  hours         = usage.monthly_hrs
  interruptible = true
  disks         = [for volume in volumes : { gb = coalesce(known(volume.volume_size, null), 8), class = coalesce(table.aws_volume_class[known(volume.volume_type, "gp2")], "general"), iops = known(volume.iops, null) }]
  state_gb      = sum([for volume in extra : coalesce(known(volume.volume_size, null), 8)])
}

# Of several types the first is taken, as the stanza does.
workload "aws_autoscaling_group" {
  let {
    mixed         = known(self.mixed_instances_policy, [])[0]
    distribution  = mixed.instances_distribution[0]
    override      = known(mixed.launch_template[0].override, [])[0]
    configuration = ref("launch_configuration")
    template = coalesce(
      ref("launch_template.id"),
      ref("launch_template.name"),
      ref("mixed_instances_policy.launch_template.launch_template_specification.launch_template_id"),
      ref("mixed_instances_policy.launch_template.launch_template_specification.launch_template_name"),
    )
    weight   = coalesce(tonumber(known(override.weighted_capacity, null)), 1)
    size_now = coalesce(override.instance_type, template.instance_type, configuration.instance_type)
    type     = table.aws_instance_type[size_now]
    capacity = ceil(coalesce(known(self.desired_capacity, null), self.min_size) / weight)
    root     = coalesce(known(configuration.root_block_device, null), [])
    mapped   = [for mapping in coalesce(known(template.block_device_mappings, null), []) : mapping.ebs[0] if mapping.ebs[0] != null]
    extra    = coalesce(known(configuration.ebs_block_device, null), [])
    named    = concat(root, mapped, extra)
    volumes  = length(root) + length(mapped) > 0 ? named : concat([{ volume_size = 8 }], extra)
    # Spot where all that can be is.
    is_spot = configuration.spot_price != null || template.instance_market_options[0].market_type == "spot" || (coalesce(known(distribution.on_demand_percentage_above_base_capacity, null), 100) == 0 && coalesce(known(distribution.on_demand_base_capacity, null), 0) == 0)
  }
  concept       = "vm-group"
  wants         = "machine"
  size          = size_now
  vcpu          = type.vcpu
  memory_gb     = type.memory_gb
  arch          = type.architecture
  gpus          = type.gpu
  os            = coalesce(table.aws_system[lower(coalesce(usage.operating_system, "linux"))], "other")
  burstable     = can(regex("^t[1-9]", size_now))
  count         = coalesce(usage.instances, capacity)
  min           = ceil(known(self.min_size, null) / weight)
  max           = ceil(known(self.max_size, null) / weight)
  hours         = coalesce(usage.monthly_hrs, 730)
  interruptible = is_spot
  disks         = [for volume in volumes : { gb = coalesce(known(volume.volume_size, null), 8), class = coalesce(table.aws_volume_class[known(volume.volume_type, "gp2")], "general"), iops = known(volume.iops, null) }]
  state_gb      = 0
}

# Without a type EKS takes t3.medium, without a size 20 GB, 50 GB for Windows.
workload "aws_eks_node_group" {
  let {
    template   = coalesce(ref("launch_template.id"), ref("launch_template.name"))
    scaling    = self.scaling_config[0]
    size_now   = coalesce(known(self.instance_types, [])[0], template.instance_type, "t3.medium")
    type       = table.aws_instance_type[size_now]
    is_windows = startswith(known(self.ami_type, "AL2_x86_64"), "WINDOWS")
    mapped     = [for mapping in coalesce(known(template.block_device_mappings, null), []) : mapping.ebs[0] if mapping.ebs[0] != null]
    root_gb    = coalesce(known(self.disk_size, null), is_windows ? 50 : 20)
    volumes    = length(mapped) > 0 ? mapped : [{ volume_size = root_gb }]
  }
  concept       = "kubernetes-nodes"
  wants         = "machine"
  size          = size_now
  vcpu          = type.vcpu
  memory_gb     = type.memory_gb
  arch          = type.architecture
  gpus          = type.gpu
  os            = is_windows ? "windows" : coalesce(table.aws_system[lower(coalesce(usage.operating_system, "linux"))], "other")
  burstable     = can(regex("^t[1-9]", size_now))
  count         = coalesce(usage.instances, known(scaling.desired_size, null), scaling.min_size)
  min           = known(scaling.min_size, null)
  max           = known(scaling.max_size, null)
  hours         = coalesce(usage.monthly_hrs, 730)
  interruptible = known(self.capacity_type, "ON_DEMAND") == "SPOT"
  disks         = [for volume in volumes : { gb = coalesce(known(volume.volume_size, null), 8), class = coalesce(table.aws_volume_class[known(volume.volume_type, "gp2")], "general"), iops = known(volume.iops, null) }]
  state_gb      = 0
}

# A burstable type stays within its credits: what it would spend beyond them is not known.
offer "aws_instance" {
  concept   = "machine"
  provider  = "aws"
  type      = "aws_instance"
  option    = "on demand"
  for_each  = { for name, type in table.aws_instance_type : name => merge(type, { family = table.aws_offered_family[split(".", name)[0]] }) if table.aws_offered_family[split(".", name)[0]] != null && !strcontains(name, "metal") }
  when      = (each.value.family == "gpu" ? each.value.gpu >= coalesce(need.gpus, 0) && coalesce(need.gpus, 0) > 0 : coalesce(need.gpus, 0) == 0) && contains(["linux", "windows"], coalesce(need.os, "linux")) && (coalesce(need.os, "linux") == "linux" || each.value.architecture == "amd64")
  size      = each.key
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_gb
  arch      = each.value.architecture
  gpus      = each.value.gpu
  burstable = each.value.family == "burstable"
  self = {
    instance_type        = each.key
    credit_specification = [{ cpu_credits = "standard" }]
    root_block_device    = [{ volume_size = max(8, coalesce(need.disk_gb, 8)), volume_type = "gp3" }]
  }
  usage  = { operating_system = coalesce(need.os, "linux"), monthly_hrs = coalesce(need.hours, 730) }
  losses = coalesce(need.gpus, 0) > 0 ? ["perf-unknown"] : []
}

offer "aws_instance_spot" {
  concept   = "machine"
  provider  = "aws"
  type      = "aws_instance"
  option    = "spot"
  for_each  = { for name, type in table.aws_instance_type : name => merge(type, { family = table.aws_offered_family[split(".", name)[0]] }) if table.aws_offered_family[split(".", name)[0]] != null && !strcontains(name, "metal") }
  when      = coalesce(need.interruptible, false) && (each.value.family == "gpu" ? each.value.gpu >= coalesce(need.gpus, 0) && coalesce(need.gpus, 0) > 0 : coalesce(need.gpus, 0) == 0) && coalesce(need.os, "linux") == "linux"
  size      = each.key
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_gb
  arch      = each.value.architecture
  gpus      = each.value.gpu
  burstable = each.value.family == "burstable"
  self = {
    instance_type           = each.key
    credit_specification    = [{ cpu_credits = "standard" }]
    instance_market_options = [{ market_type = "spot" }]
    root_block_device       = [{ volume_size = max(8, coalesce(need.disk_gb, 8)), volume_type = "gp3" }]
  }
  usage  = { monthly_hrs = coalesce(need.hours, 730) }
  losses = coalesce(need.gpus, 0) > 0 ? ["perf-unknown"] : []
}
