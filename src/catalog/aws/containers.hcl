# Kubernetes versions whose standard support is over, with its last day; a cluster then costs more unless its
# upgrade policy forbids it. https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
table "eks_standard_support_until" {
  rows = {
    "1.23" = "2023-10-11"
    "1.24" = "2024-01-31"
    "1.25" = "2024-05-01"
    "1.26" = "2024-06-11"
    "1.27" = "2024-07-24"
    "1.28" = "2024-11-26"
    "1.29" = "2025-03-23"
    "1.30" = "2025-07-23"
    "1.31" = "2025-11-26"
    "1.32" = "2026-03-23"
    "1.33" = "2026-07-29"
  }
}

resource "aws_eks_cluster" {
  docs = "https://aws.amazon.com/eks/pricing/"

  let {
    until       = table.eks_standard_support_until[known(self.version, "")]
    keeps_up    = known(self.upgrade_policy, [])[0].support_type == "STANDARD"
    is_extended = until != null && !keeps_up
  }

  component "EKS cluster" {
    when     = !is_extended
    unit     = "hours"
    quantity = 730
    note     = "A version past its standard support costs more; which versions those are changes with time."
    price {
      service    = "AmazonEKS"
      usage_type = "AmazonEKS-Hours:perCluster"
      operation  = "CreateOperation"
    }
  }
  component "EKS cluster (extended support)" {
    when     = is_extended
    unit     = "hours"
    quantity = 730
    note     = "Standard support of version ${self.version} ended on ${until}."
    price {
      service    = "AmazonEKS"
      usage_type = "AmazonEKS-Hours:extendedSupport"
      operation  = "ExtendedSupport"
    }
  }

  example "a cluster" {
    self   = { name = "c" }
    expect = { "EKS cluster" = 730 }
  }
  example "an old version" {
    self   = { name = "c", version = "1.29" }
    expect = { "EKS cluster (extended support)" = 730 }
  }
  example "an old version that AWS upgrades in time" {
    self   = { name = "c", version = "1.29", upgrade_policy = [{ support_type = "STANDARD" }] }
    expect = { "EKS cluster" = 730 }
  }
}

resource "aws_eks_node_group" {
  docs = "https://aws.amazon.com/ec2/pricing/on-demand/"

  usage {
    # Nodes that run on average.
    instances = null
  }

  let {
    template  = coalesce(ref("launch_template.id"), ref("launch_template.name"))
    scaling   = self.scaling_config[0]
    nodes     = coalesce(usage.instances, known(scaling.desired_size, null), scaling.min_size)
    own_type  = known(self.instance_types, [])[0]
    purchase  = known(self.capacity_type, "ON_DEMAND") == "SPOT" ? "spot" : "on-demand"
    is_windows = startswith(known(self.ami_type, "AL2_x86_64"), "WINDOWS")
    # The kind of image says that it is Windows; what else runs, usage says.
    system     = is_windows ? "windows" : null
    disk_gb    = coalesce(known(self.disk_size, null), is_windows ? 50 : 20)
  }

  part "launch_template" {
    when  = template != null
    times = nodes
    use "ec2_launched_machine" {
      launch_template = template
      instance_type   = coalesce(own_type, template.instance_type, "t3.medium")
      purchase        = purchase
      operating_system = system
      root_size_gb     = disk_gb
    }
  }

  # EKS takes t3.medium with 20 GB where nothing else is said, 50 GB for Windows.
  part "node" {
    when  = template == null
    times = nodes
    use "ec2_machine" {
      instance_type    = coalesce(own_type, "t3.medium")
      purchase         = purchase
      operating_system = system
    }
    part "disk" {
      use "ebs_volume" {
        size_gb = disk_gb
      }
    }
  }

  example "three nodes of their own type" {
    self   = { instance_types = ["m5.large"], disk_size = 50, scaling_config = [{ desired_size = 3, min_size = 1 }] }
    expect = { "node/Instance usage" = 2190, "node/disk/Storage" = 150 }
  }
  example "defaults" {
    self   = { scaling_config = [{ desired_size = 1 }] }
    expect = { "node/Instance usage" = 730, "node/CPU credits" = null, "node/disk/Storage" = 20 }
  }
  example "Windows nodes" {
    self   = { ami_type = "WINDOWS_CORE_2022_x86_64", instance_types = ["m5.large"], scaling_config = [{ desired_size = 1 }] }
    expect = { "node/Instance usage" = 730, "node/disk/Storage" = 50 }
  }
  example "spot, by a launch template" {
    self   = { capacity_type = "SPOT", instance_types = ["m5.large"], scaling_config = [{ desired_size = 2 }] }
    refs   = { "launch_template.id" = { block_device_mappings = [{ ebs = [{ volume_size = 100, volume_type = "gp3" }] }] } }
    expect = { "launch_template/Instance usage" = 1460, "launch_template/block_device_mapping[0]/Storage" = 200 }
  }
}

# The tasks of one kind that run on Fargate.
template "fargate_tasks" {
  input "task" { type = any }
  input "tasks" { type = number }
  # The prefix of the meters: tasks that may be interrupted have their own.
  input "prefix" {
    type    = string
    default = ""
  }

  let {
    # A definition writes units of 1/1024 vCPU and MiB, or "1 vCPU" and "2 GB".
    vcpu       = try(tonumber(task.cpu) / 1024, tonumber(regex("[0-9.]+", task.cpu)))
    memory_gb  = try(tonumber(task.memory) / 1024, tonumber(regex("[0-9.]+", task.memory)))
    platform   = known(task.runtime_platform, [])[0]
    is_windows = startswith(coalesce(platform.operating_system_family, "LINUX"), "WINDOWS")
    is_arm     = platform.cpu_architecture == "ARM64"
    kind       = is_windows ? "Windows-" : (is_arm ? "ARM-" : "")
    # 20 GB come with each task.
    disk_gb = max(0, coalesce(known(task.ephemeral_storage, [])[0].size_in_gib, 20) - 20)
  }

  component "Per GB per hour" {
    unit     = "GB"
    per      = 730
    quantity = tasks * memory_gb * 730
    price {
      service    = "AmazonECS"
      usage_type = "${prefix}Fargate-${kind}GB-Hours"
    }
  }
  component "Per vCPU per hour" {
    unit     = "CPU"
    per      = 730
    quantity = tasks * vcpu * 730
    price {
      service    = "AmazonECS"
      usage_type = "${prefix}Fargate-${kind}vCPU-Hours:perCPU"
    }
  }
  component "Windows licence per vCPU per hour" {
    when     = is_windows
    unit     = "CPU"
    per      = 730
    quantity = tasks * vcpu * 730
    price {
      service    = "AmazonECS"
      usage_type = "Fargate-Windows-OS-Hours:perCPU"
    }
  }
  component "Ephemeral storage" {
    when     = disk_gb > 0
    unit     = "GB"
    per      = 730
    quantity = tasks * disk_gb * 730
    price {
      service    = "AmazonECS"
      usage_type = "Fargate-EphemeralStorage-GB-Hours"
    }
  }
}

# Tasks on instances cost nothing by themselves; on Fargate they cost by vCPU and memory.
resource "aws_ecs_service" {
  docs = "https://aws.amazon.com/fargate/pricing/"
  free = !is_fargate

  let {
    strategies = known(self.capacity_provider_strategy, [])
    on_demand  = [for strategy in strategies : strategy if strategy.capacity_provider == "FARGATE"]
    spot       = [for strategy in strategies : strategy if strategy.capacity_provider == "FARGATE_SPOT"]
    is_fargate = known(self.launch_type, null) == "FARGATE" || length(on_demand) + length(spot) > 0
    task       = ref("task_definition", "aws_ecs_task_definition")
    tasks      = coalesce(known(self.desired_count, null), 0)
    # First the bases are filled, then the rest is split by weight.
    spot_base   = coalesce(spot[0].base, 0)
    base        = coalesce(on_demand[0].base, 0)
    weights     = sum([for strategy in strategies : coalesce(strategy.weight, 0)])
    spot_share  = length(spot) == 0 ? 0 : (length(on_demand) == 0 || weights == 0 ? 1 : coalesce(spot[0].weight, 0) / weights)
    rest        = max(0, tasks - base - spot_base)
    spot_tasks  = length(spot) == 0 ? 0 : min(tasks, spot_base) + rest * spot_share
    other_tasks = tasks - spot_tasks
  }

  use "fargate_tasks" {
    when  = length(spot) == 0 || length(on_demand) > 0
    task  = task
    tasks = other_tasks
  }

  part "spot" {
    when = length(spot) > 0
    use "fargate_tasks" {
      task   = task
      tasks  = spot_tasks
      prefix = "SpotUsage-"
    }
  }

  example "two tasks on Fargate" {
    self   = { launch_type = "FARGATE", desired_count = 2 }
    refs   = { task_definition = { cpu = "1024", memory = "2048" } }
    expect = { "Per GB per hour" = 2920, "Per vCPU per hour" = 1460 }
  }
  example "on ARM, with more storage than comes with a task" {
    self = { launch_type = "FARGATE", desired_count = 1 }
    refs = {
      task_definition = {
        cpu               = "1024"
        memory            = "2048"
        runtime_platform  = [{ cpu_architecture = "ARM64", operating_system_family = "LINUX" }]
        ephemeral_storage = [{ size_in_gib = 50 }]
      }
    }
    expect = { "Per GB per hour" = 1460, "Per vCPU per hour" = 730, "Ephemeral storage" = 21900 }
  }
  example "Windows" {
    self = { launch_type = "FARGATE", desired_count = 1 }
    refs = {
      task_definition = { cpu = "2048", memory = "4096", runtime_platform = [{ operating_system_family = "WINDOWS_SERVER_2022_CORE" }] }
    }
    expect = { "Per GB per hour" = 2920, "Per vCPU per hour" = 1460, "Windows licence per vCPU per hour" = 1460 }
  }
  example "on Fargate Spot, sizes in words" {
    self   = { capacity_provider_strategy = [{ capacity_provider = "FARGATE_SPOT", weight = 1 }], desired_count = 1 }
    refs   = { task_definition = { cpu = ".5 vCPU", memory = "1 GB" } }
    expect = { "spot/Per GB per hour" = 730, "spot/Per vCPU per hour" = 365 }
  }
  example "two on demand, the others three to one on Spot" {
    self = {
      desired_count = 10
      capacity_provider_strategy = [
        { capacity_provider = "FARGATE", base = 2, weight = 1 },
        { capacity_provider = "FARGATE_SPOT", weight = 3 },
      ]
    }
    refs = { task_definition = { cpu = "1024", memory = "2048" } }
    expect = {
      "Per GB per hour"        = 5840
      "Per vCPU per hour"      = 2920
      "spot/Per GB per hour"   = 8760
      "spot/Per vCPU per hour" = 4380
    }
  }
  example "on instances" {
    self   = { launch_type = "EC2", desired_count = 2 }
    expect = {}
  }
}

resource "aws_ecr_repository" {
  docs = "https://aws.amazon.com/ecr/pricing/"
  usage {
    # GB in the repository.
    storage_gb = null
  }
  component "Storage" {
    unit     = "GB"
    quantity = usage.storage_gb
    price {
      service    = "AmazonECR"
      usage_type = "TimedStorage-ByteHrs"
    }
  }
  example "a repository" {
    self   = { name = "r" }
    usage  = { storage_gb = 5 }
    expect = { "Storage" = 5 }
  }
}

resource "aws_efs_file_system" {
  docs = "https://aws.amazon.com/efs/pricing/"
  usage {
    # GB in the standard class.
    storage_gb = null
    # GB in the infrequent access class.
    infrequent_access_storage_gb = null
    # GB read from the infrequent access class a month.
    monthly_infrequent_access_read_gb = null
    # GB written to the infrequent access class a month.
    monthly_infrequent_access_write_gb = null
  }
  let {
    is_one_zone    = known(self.availability_zone_name, null) != null
    zone           = is_one_zone ? "one zone" : "standard"
    infix          = is_one_zone ? "Z-" : ""
    has_infrequent = length([for rule in known(self.lifecycle_policy, []) : rule if known(rule.transition_to_ia, null) != null]) > 0
    # 50 KiBps of throughput come with each GB stored.
    provisioned = self.throughput_mode == "provisioned" ? self.provisioned_throughput_in_mibps - coalesce(usage.storage_gb, 0) * 50 / 1024 : 0
  }
  component "Storage" {
    detail   = zone
    unit     = "GB"
    quantity = usage.storage_gb
    price {
      service    = "AmazonEFS"
      usage_type = "TimedStorage-${infix}ByteHrs"
    }
  }
  component "Storage (standard, infrequent access)" {
    when     = has_infrequent && !is_one_zone
    unit     = "GB"
    quantity = usage.infrequent_access_storage_gb
    price {
      service    = "AmazonEFS"
      usage_type = "IATimedStorage-ByteHrs"
    }
  }
  component "Storage (one zone, infrequent access)" {
    when     = has_infrequent && is_one_zone
    unit     = "GB"
    quantity = usage.infrequent_access_storage_gb
    price {
      service    = "AmazonEFS"
      usage_type = "IATimedStorage-Z-ByteHrs"
    }
  }
  component "Read requests (infrequent access)" {
    when     = has_infrequent
    unit     = "GB"
    quantity = usage.monthly_infrequent_access_read_gb
    price {
      service    = "AmazonEFS"
      usage_type = "IADataAccess-Bytes"
      operation  = "Read"
    }
  }
  component "Write requests (infrequent access)" {
    when     = has_infrequent
    unit     = "GB"
    quantity = usage.monthly_infrequent_access_write_gb
    price {
      service    = "AmazonEFS"
      usage_type = "IADataAccess-Bytes"
      operation  = "Write"
    }
  }
  component "Provisioned throughput" {
    when     = provisioned > 0
    unit     = "MBps"
    quantity = provisioned
    price {
      service    = "AmazonEFS"
      usage_type = "ProvisionedTP-MiBpsHrs"
    }
  }
  example "standard" {
    self   = {}
    usage  = { storage_gb = 100 }
    expect = { "Storage" = 100 }
  }
  example "infrequent access" {
    self  = { lifecycle_policy = [{ transition_to_ia = "AFTER_7_DAYS" }] }
    usage = {
      storage_gb                         = 1
      infrequent_access_storage_gb       = 2
      monthly_infrequent_access_read_gb  = 3
      monthly_infrequent_access_write_gb = 4
    }
    expect = {
      "Storage"                               = 1
      "Storage (standard, infrequent access)" = 2
      "Read requests (infrequent access)"     = 3
      "Write requests (infrequent access)"    = 4
    }
  }
  example "one zone, infrequent access, provisioned" {
    self = {
      availability_zone_name          = "us-east-1a"
      throughput_mode                 = "provisioned"
      provisioned_throughput_in_mibps = 100
      lifecycle_policy                = [{ transition_to_ia = "AFTER_30_DAYS" }]
    }
    usage  = { storage_gb = 1024, infrequent_access_storage_gb = 5 }
    expect = {
      "Storage"                            = 1024
      "Storage (one zone, infrequent access)" = 5
      "Read requests (infrequent access)"  = null
      "Write requests (infrequent access)" = null
      "Provisioned throughput"             = 50
    }
  }
}
