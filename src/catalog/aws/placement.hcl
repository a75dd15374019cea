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
  # Hardware of one's own is offered by nobody here.
  wants         = contains(["default", ""], coalesce(known(self.tenancy, null), "default")) ? "machine" : "dedicated-machine"
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
  disks         = [for volume in volumes : { gb = coalesce(tonumber(known(volume.volume_size, null)), 8), class = coalesce(table.aws_volume_class[known(volume.volume_type, "gp2")], "general"), iops = tonumber(known(volume.iops, null)) }]
  state_gb      = sum([for volume in extra : coalesce(tonumber(known(volume.volume_size, null)), 8)])
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
  disks         = [for volume in volumes : { gb = coalesce(tonumber(known(volume.volume_size, null)), 8), class = coalesce(table.aws_volume_class[known(volume.volume_type, "gp2")], "general"), iops = tonumber(known(volume.iops, null)) }]
  state_gb      = sum([for volume in extra : coalesce(tonumber(known(volume.volume_size, null)), 8)])
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
    root     = known(configuration.root_block_device, [])
    mapped   = [for mapping in coalesce(known(template.block_device_mappings, null), []) : mapping.ebs[0] if mapping.ebs[0] != null]
    extra    = known(configuration.ebs_block_device, [])
    volumes  = concat(length(root) + length(mapped) > 0 ? [] : [{ volume_size = 8 }], root, mapped, extra)
    # Spot where all that can be is.
    is_spot = configuration.spot_price != null || template.instance_market_options[0].market_type == "spot" || (coalesce(known(distribution.on_demand_percentage_above_base_capacity, null), 100) == 0 && coalesce(known(distribution.on_demand_base_capacity, null), 0) == 0)
  }
  concept       = "vm-group"
  wants         = contains(["default", ""], coalesce(known(template.placement[0].tenancy, null), known(configuration.placement_tenancy, null), "default")) ? "machine" : "dedicated-machine"
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
  disks         = [for volume in volumes : { gb = coalesce(tonumber(known(volume.volume_size, null)), 8), class = coalesce(table.aws_volume_class[known(volume.volume_type, "gp2")], "general"), iops = tonumber(known(volume.iops, null)) }]
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
  disks         = [for volume in volumes : { gb = coalesce(tonumber(known(volume.volume_size, null)), 8), class = coalesce(table.aws_volume_class[known(volume.volume_type, "gp2")], "general"), iops = tonumber(known(volume.iops, null)) }]
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
  # gp3: https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
  disk_iops = 3000
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
  # gp3: https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
  disk_iops = 3000
  self = {
    instance_type           = each.key
    credit_specification    = [{ cpu_credits = "standard" }]
    instance_market_options = [{ market_type = "spot" }]
    root_block_device       = [{ volume_size = max(8, coalesce(need.disk_gb, 8)), volume_type = "gp3" }]
  }
  usage  = { monthly_hrs = coalesce(need.hours, 730) }
  losses = coalesce(need.gpus, 0) > 0 ? ["perf-unknown"] : []
}

# A class of RDS has the vCPUs and the memory of the machine type that its name ends with; databases do not feel the processor.
# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html
table "rds_concept" {
  rows = {
    mysql = "rdb-mysql", mariadb = "rdb-mysql", postgres = "rdb-postgresql"
    sqlserver-ex = "rdb-sqlserver", sqlserver-web = "rdb-sqlserver", sqlserver-se = "rdb-sqlserver", sqlserver-ee = "rdb-sqlserver"
    oracle-ee = "rdb-oracle", oracle-ee-cdb = "rdb-oracle", oracle-se2 = "rdb-oracle", oracle-se2-cdb = "rdb-oracle"
  }
}

# Classes that may stand for others.
table "rds_offered_family" {
  rows = { t3 = true, t4g = true, m5 = true, m6g = true, m6i = true, m7g = true, r5 = true, r6g = true, r6i = true, r7g = true }
}

workload "aws_db_instance" {
  let {
    origin  = coalesce(ref("replicate_source_db"), ref("snapshot_identifier"), ref("restore_to_point_in_time.source_db_instance_identifier"))
    kind    = known(self.engine, known(origin.engine, null))
    type    = table.aws_instance_type[trimprefix(self.instance_class, "db.")]
    size_gb = known(self.allocated_storage, known(origin.allocated_storage, null))
  }
  concept    = table.rds_concept[kind]
  size       = self.instance_class
  vcpu       = type.vcpu
  memory_gb  = type.memory_gb
  burstable  = can(regex("^db\\.t[1-9]", self.instance_class))
  count      = 1
  gb         = size_gb
  iops       = known(self.iops, known(origin.iops, null))
  engine     = kind
  version    = known(self.engine_version, known(origin.engine_version, null))
  ha         = known(self.multi_az, false) == true
  state_gb   = size_gb
  assumed_gb = 100
}

# Nothing of another provider runs Aurora: its instances stay with it. A Multi-AZ cluster runs a plain engine on one
# writer and two readers of a class.
workload "aws_rds_cluster" {
  let {
    kind      = known(self.engine, null)
    is_aurora = startswith(coalesce(kind, "aurora"), "aurora")
    type      = table.aws_instance_type[trimprefix(known(self.db_cluster_instance_class, null), "db.")]
    size_gb   = is_aurora ? usage.storage_gb : known(self.allocated_storage, null)
  }
  concept    = is_aurora ? "rdb-distributed" : table.rds_concept[kind]
  size       = known(self.db_cluster_instance_class, null)
  vcpu       = type.vcpu
  memory_gb  = type.memory_gb
  count      = 1
  engine     = kind
  version    = known(self.engine_version, null)
  gb         = size_gb
  iops       = is_aurora ? null : known(self.iops, null)
  ha         = true
  replicas   = is_aurora ? null : 2
  state_gb   = size_gb
  assumed_gb = 100
}

workload "aws_rds_cluster_instance" { part_of = ["cluster_identifier"] }

# Backups are within the free size of the storage, as long as usage says nothing else.
offer "aws_db_instance_mysql" {
  concept   = "rdb-mysql"
  provider  = "aws"
  type      = "aws_db_instance"
  option    = "on demand"
  for_each  = { for name, type in table.aws_instance_type : name => type if table.rds_offered_family[split(".", name)[0]] == true && !strcontains(name, "metal") }
  when      = need.gb != null
  size      = "db.${each.key}"
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_gb
  burstable = startswith(each.key, "t")
  self = {
    engine            = "mysql"
    engine_version    = need.version
    instance_class    = "db.${each.key}"
    multi_az          = need.ha == true
    storage_type      = "gp3"
    allocated_storage = max(20, need.gb)
    iops              = need.iops == null ? null : max(3000, need.iops)
  }
  usage = { monthly_cpu_credit_hrs = 0 }
}

offer "aws_db_instance_postgresql" {
  concept   = "rdb-postgresql"
  provider  = "aws"
  type      = "aws_db_instance"
  option    = "on demand"
  for_each  = { for name, type in table.aws_instance_type : name => type if table.rds_offered_family[split(".", name)[0]] == true && !strcontains(name, "metal") }
  when      = need.gb != null
  size      = "db.${each.key}"
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_gb
  burstable = startswith(each.key, "t")
  self = {
    engine            = "postgres"
    engine_version    = need.version
    instance_class    = "db.${each.key}"
    multi_az          = need.ha == true
    storage_type      = "gp3"
    allocated_storage = max(20, need.gb)
    iops              = need.iops == null ? null : max(3000, need.iops)
  }
  usage = { monthly_cpu_credit_hrs = 0 }
}

# GiB that a node gives to data. https://aws.amazon.com/elasticache/pricing/
table "elasticache_memory_gb" {
  rows = {
    "cache.t2.micro"     = 0.555, "cache.t2.small" = 1.55, "cache.t2.medium" = 3.22
    "cache.t3.micro"     = 0.5, "cache.t3.small" = 1.37, "cache.t3.medium" = 3.09
    "cache.t4g.micro"    = 0.5, "cache.t4g.small" = 1.37, "cache.t4g.medium" = 3.09
    "cache.m4.large"     = 6.42, "cache.m4.xlarge" = 14.28, "cache.m4.2xlarge" = 29.7, "cache.m4.4xlarge" = 60.78
    "cache.m5.large"     = 6.38, "cache.m5.xlarge" = 12.93, "cache.m5.2xlarge" = 26.04, "cache.m5.4xlarge" = 52.26
    "cache.m5.12xlarge"  = 157.12, "cache.m5.24xlarge" = 314.32
    "cache.m6g.large"    = 6.38, "cache.m6g.xlarge" = 12.94, "cache.m6g.2xlarge" = 26.04, "cache.m6g.4xlarge" = 52.26
    "cache.m6g.8xlarge"  = 103.68, "cache.m6g.12xlarge" = 157.13, "cache.m6g.16xlarge" = 209.55
    "cache.m7g.large"    = 6.38, "cache.m7g.xlarge" = 12.93, "cache.m7g.2xlarge" = 26.04, "cache.m7g.4xlarge" = 52.26
    "cache.m7g.8xlarge"  = 103.68, "cache.m7g.12xlarge" = 157.13, "cache.m7g.16xlarge" = 209.55
    "cache.r4.large"     = 12.3, "cache.r4.xlarge" = 25.05, "cache.r4.2xlarge" = 50.47, "cache.r4.4xlarge" = 101.38
    "cache.r5.large"     = 13.07, "cache.r5.xlarge" = 26.32, "cache.r5.2xlarge" = 52.82, "cache.r5.4xlarge" = 105.81
    "cache.r5.12xlarge"  = 317.77, "cache.r5.24xlarge" = 635.61
    "cache.r6g.large"    = 13.07, "cache.r6g.xlarge" = 26.32, "cache.r6g.2xlarge" = 52.82, "cache.r6g.4xlarge" = 105.81
    "cache.r6g.8xlarge"  = 209.55, "cache.r6g.12xlarge" = 317.77, "cache.r6g.16xlarge" = 419.09
    "cache.r7g.large"    = 13.07, "cache.r7g.xlarge" = 26.32, "cache.r7g.2xlarge" = 52.82, "cache.r7g.4xlarge" = 105.81
    "cache.r7g.8xlarge"  = 209.55, "cache.r7g.12xlarge" = 317.77, "cache.r7g.16xlarge" = 419.09
  }
}

# Memory over all shards: what stands for a cache has it in one piece.
workload "aws_elasticache_replication_group" {
  let {
    group       = ref("global_replication_group_id", "aws_elasticache_global_replication_group")
    node_type   = known(self.node_type, known(group.cache_node_type, null))
    shards      = coalesce(known(self.num_node_groups, null), known(self.cluster_mode[0].num_node_groups, null), 1)
    copies      = coalesce(known(self.replicas_per_node_group, null), known(self.cluster_mode[0].replicas_per_node_group, null), coalesce(known(self.num_cache_clusters, null), known(self.number_cache_clusters, null), 1) - 1)
    node_gb     = table.elasticache_memory_gb[node_type]
  }
  concept    = node_gb == null ? null : "cache-redis"
  size       = node_type
  memory_gb  = node_gb * shards
  count      = 1
  engine     = known(self.engine, "redis")
  version    = known(self.engine_version, null)
  ha         = copies > 0
  replicas   = copies
  state_gb   = 0
  assumed_gb = 200
}

# A node that joins a group is a part of it; nothing stands for memcached.
workload "aws_elasticache_cluster" {
  let {
    kind    = known(self.engine, "redis")
    node_gb = table.elasticache_memory_gb[known(self.node_type, null)]
  }
  part_of    = ["replication_group_id"]
  concept    = known(self.node_type, null) == null || node_gb == null ? null : (kind == "memcached" ? "cache-memcached" : "cache-redis")
  size       = known(self.node_type, null)
  memory_gb  = node_gb * known(self.num_cache_nodes, 1)
  count      = 1
  engine     = kind
  version    = known(self.engine_version, null)
  ha         = false
  state_gb   = 0
  assumed_gb = 200
}

offer "aws_elasticache_replication_group" {
  concept   = "cache-redis"
  provider  = "aws"
  type      = "aws_elasticache_replication_group"
  option    = "on demand"
  for_each  = { for name, gb in table.elasticache_memory_gb : name => { memory_gb = gb } if can(regex("^cache\\.(t3|t4g|m5|m6g|m7g|r5|r6g|r7g)\\.", name)) }
  when      = each.value.memory_gb >= need.memory_gb
  size      = each.key
  memory_gb = each.value.memory_gb
  burstable = startswith(each.key, "cache.t")
  self = {
    engine             = "redis"
    node_type          = each.key
    num_cache_clusters = need.ha == true ? 2 : 1
  }
  losses = coalesce(need.replicas, 0) > 1 ? ["ha-weaker"] : []
}

# Objects of one class; of several classes the size by class is not one figure, and not known here.
workload "aws_s3_bucket" {
  let {
    stored = [
      for class in [
        { tier = "standard", facts = usage.standard },
        { tier = "infrequent", facts = usage.standard_infrequent_access },
        { tier = "infrequent", facts = usage.one_zone_infrequent_access },
        { tier = "archive", facts = usage.glacier_flexible_retrieval },
        { tier = "archive", facts = usage.glacier_deep_archive },
        { tier = "intelligent", facts = { storage_gb = usage.intelligent_tiering.frequent_access_storage_gb } },
      ] : class if coalesce(class.facts.storage_gb, 0) > 0
    ]
    class = length(stored) == 1 ? stored[0] : null
    configurations = referrers("aws_s3_bucket_lifecycle_configuration", "bucket")
    is_versioned = known(self.versioning[0].enabled, false) == true || length([for found in referrers("aws_s3_bucket_versioning", "bucket") : found if known(found.versioning_configuration[0].status, "-") == "Enabled"]) > 0
    # Objects below 128 KB stay, unless a filter names a size: all of them, or as it was before, all but the archives'.
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
    rules = concat(
      [for rule in known(self.lifecycle_rule, []) : {
        rule     = rule
        is_on    = rule.enabled == true
        narrows  = [rule.prefix, rule.tags]
        over     = null
        under    = null
        archives = 128
      }],
      flatten([for found in configurations : [for rule in known(found.rule, []) : {
        rule     = rule
        is_on    = rule.status == "Enabled"
        narrows  = [rule.prefix, rule.filter[0].prefix, rule.filter[0].tag, rule.filter[0].and[0].prefix, rule.filter[0].and[0].tags]
        over     = try(tonumber(coalesce(rule.filter[0].object_size_greater_than, rule.filter[0].and[0].object_size_greater_than)), null)
        under    = try(tonumber(coalesce(rule.filter[0].object_size_less_than, rule.filter[0].and[0].object_size_less_than)), null)
        archives = known(found.transition_default_minimum_object_size, "-") == "varies_by_storage_class" ? 0 : 128
      }]]),
    )
  }
  concept    = "object"
  lifecycle = concat(
    [for found in configurations : { name = "of the lifecycle configuration", doubt = "its rules are known after apply only" } if known(found.rule, null) == null],
    [for found in rules : {
      name = known(found.rule.id, "without an id")
      moves = [for move in known(found.rule.transition, []) : {
        day     = coalesce(move.days, 0)
        class   = move.storage_class
        from_kb = found.over != null ? found.over / 1024 : found.under != null ? 0 : contains(["GLACIER", "DEEP_ARCHIVE"], move.storage_class) ? found.archives : 128
        to_kb   = found.under == null ? null : found.under / 1024
      }]
      deletes_after = !is_versioned && known(found.rule.expiration[0].days, 0) > 0 ? found.rule.expiration[0].days : null
      doubt = (
        length([for narrow in found.narrows : narrow if !known(narrow == null, false) && length(known(narrow, "?")) > 0]) > 0 ? "it is for a prefix or tags, and their share of the data is not known" :
        length([for timed in concat(known(found.rule.transition, []), known(found.rule.expiration, [])) : timed if !known(timed.date == null, false) && known(timed.date, "?") != ""]) > 0 ? "it acts on a date, and how old the data is then is not known" : null
      )
      aside = (
        length(concat(known(found.rule.noncurrent_version_transition, []), known(found.rule.noncurrent_version_expiration, []))) > 0 ? "what it does with noncurrent versions is not judged: nothing is known of them" :
        is_versioned && length(known(found.rule.expiration, [])) > 0 ? "what it deletes stays as a noncurrent version, for how long is not judged" : null
      )
    } if found.is_on],
  )
  tier       = class == null ? "standard" : class.tier
  gb         = class.facts.storage_gb
  writes     = class.facts.monthly_tier_1_requests
  reads      = class.facts.monthly_tier_2_requests
  objects    = class.tier == "intelligent" ? usage.intelligent_tiering.monitored_objects : null
  state_gb   = class.facts.storage_gb
  assumed_gb = 0
}

offer "aws_s3_bucket" {
  concept  = "object"
  provider = "aws"
  type     = "aws_s3_bucket"
  option   = "on demand"
  for_each = { standard = { key = "standard" }, infrequent = { key = "standard_infrequent_access" } }
  when     = need.gb != null && need.tier == each.key
  size     = each.key == "standard" ? "STANDARD" : "STANDARD_IA"
  self     = { bucket = "objects" }
  # Nothing is moved between classes; what is retrieved from the infrequent class is not known.
  usage = each.key == "standard" ? {
    object_tags = 0
    standard    = { storage_gb = need.gb, monthly_tier_1_requests = need.writes, monthly_tier_2_requests = need.reads }
  } : {
    object_tags = 0
    standard    = { storage_gb = 0, monthly_tier_1_requests = 0, monthly_tier_2_requests = 0 }
    standard_infrequent_access = {
      storage_gb                            = need.gb
      monthly_tier_1_requests               = need.writes
      monthly_tier_2_requests               = need.reads
      monthly_lifecycle_transition_requests = 0
    }
  }
}

workload "aws_volume_attachment" { joins = ["volume_id", "instance_id"] }

workload "aws_ebs_volume" {
  let {
    kind  = coalesce(table.aws_volume_class[known(self.type, "gp2")], "general")
    words = { general = "block-general", provisioned = "block-provisioned-iops", cold = "block-cold" }
    size_gb = coalesce(known(self.size, null), ref("snapshot_id", "aws_ebs_snapshot").volume_size)
  }
  concept  = words[kind]
  size     = known(self.type, "gp2")
  gb       = size_gb
  iops     = kind == "provisioned" ? known(self.iops, null) : null
  state_gb = size_gb
}

offer "aws_ebs_volume" {
  concept  = "block-general"
  provider = "aws"
  type     = "aws_ebs_volume"
  option   = "on demand"
  when     = need.gb != null
  size     = "gp3"
  self     = { type = "gp3", size = need.gb }
}

offer "aws_ebs_volume_provisioned" {
  concept  = "block-provisioned-iops"
  provider = "aws"
  type     = "aws_ebs_volume"
  option   = "on demand"
  when     = need.gb != null && coalesce(need.iops, 3000) <= 64000
  size     = "io2"
  self     = { type = "io2", size = max(4, need.gb), iops = coalesce(need.iops, 3000) }
}

offer "aws_ebs_volume_cold" {
  concept  = "block-cold"
  provider = "aws"
  type     = "aws_ebs_volume"
  option   = "on demand"
  when     = need.gb != null
  size     = "st1"
  self     = { type = "st1", size = max(125, need.gb) }
}

# A GB is at least an hour of one of the capacity units, of which a printed unit has 730.
# https://aws.amazon.com/elasticloadbalancing/pricing/
workload "aws_lb" {
  companion  = true
  traffic_gb = usage.processed_bytes_gb
  fronts     = known(self.internal, false) != true
  processes  = "Load balancer capacity units"
  unit_gb    = 730
}

workload "aws_alb" {
  companion  = true
  traffic_gb = usage.processed_bytes_gb
  fronts     = known(self.internal, false) != true
  processes  = "Load balancer capacity units"
  unit_gb    = 730
}

workload "aws_elb" {
  companion  = true
  traffic_gb = usage.monthly_data_processed_gb
  fronts     = known(self.internal, false) != true
  processes  = "Data processed"
}

# What sits in a subnet leaves it by the route table of the subnet, and by the gateway that a route names.
workload "aws_route_table_association" { leads = ["subnet_id", "route_table_id"] }
workload "aws_route_table" { leads = [".", "route.nat_gateway_id"] }
workload "aws_route" { leads = ["route_table_id", "nat_gateway_id"] }
workload "aws_nat_gateway" { processes = "Data processed" }

# An interface in a network is the way to a service where private names point at it, and is paid for each GB.
# A gateway endpoint is free.
# https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html
workload "aws_vpc_endpoint" {
  let {
    is_paid  = known(self.vpc_endpoint_type, "Gateway") == "Interface"
    is_named = known(self.private_dns_enabled, false) && !known(self.dns_options[0].private_dns_only_for_inbound_resolver_endpoint, false)
    service  = reverse(split(".", known(self.service_name, "")))[0]
    kinds    = { s3 = ["aws_s3_bucket"], sqs = ["aws_sqs_queue"], lambda = ["aws_lambda_function"] }
  }
  processes    = is_paid ? "Data processed" : null
  serves       = is_paid ? ["service_name"] : null
  serves_types = is_paid && is_named ? lookup(kinds, service, null) : null
  within       = "vpc_id"
}
workload "aws_eip" { companion = true }
workload "aws_eip_association" { joins = ["allocation_id", "instance_id"] }
