resource "aws_eks_cluster" {
  docs = "https://aws.amazon.com/eks/pricing/"
  component "EKS cluster" {
    unit     = "hours"
    quantity = 730
    note     = "A version past its standard support costs more; which versions those are changes with time."
    price {
      service    = "AmazonEKS"
      usage_type = "AmazonEKS-Hours:perCluster"
      operation  = "CreateOperation"
    }
  }
  example "a cluster" {
    self   = { name = "c" }
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
  }

  part "launch_template" {
    when  = template != null
    times = nodes
    use "ec2_launched_machine" {
      launch_template = template
      instance_type   = own_type
      purchase        = purchase
    }
  }

  # EKS takes t3.medium with 20 GB where nothing else is said, 50 GB for Windows.
  part "node" {
    when  = template == null
    times = nodes
    use "ec2_machine" {
      instance_type = coalesce(own_type, "t3.medium")
      purchase      = purchase
    }
    part "disk" {
      use "ebs_volume" {
        size_gb = coalesce(known(self.disk_size, null), is_windows ? 50 : 20)
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
  example "spot, by a launch template" {
    self   = { capacity_type = "SPOT", instance_types = ["m5.large"], scaling_config = [{ desired_size = 2 }] }
    refs   = { "launch_template.id" = { block_device_mappings = [{ ebs = [{ volume_size = 100, volume_type = "gp3" }] }] } }
    expect = { "launch_template/Instance usage" = 1460, "launch_template/block_device_mapping[0]/Storage" = 200 }
  }
}

# Tasks on instances cost nothing by themselves; on Fargate they cost by vCPU and memory.
resource "aws_ecs_service" {
  docs = "https://aws.amazon.com/fargate/pricing/"
  free = !is_fargate

  let {
    strategies = known(self.capacity_provider_strategy, [])
    providers  = [for strategy in strategies : strategy.capacity_provider]
    is_spot    = contains(providers, "FARGATE_SPOT") && !contains(providers, "FARGATE")
    is_fargate = known(self.launch_type, null) == "FARGATE" || contains(providers, "FARGATE") || is_spot
    task       = ref("task_definition", "aws_ecs_task_definition")
    tasks      = coalesce(known(self.desired_count, null), 0)
    # A definition writes units of 1/1024 vCPU and MiB, or "1 vCPU" and "2 GB".
    vcpu      = try(tonumber(task.cpu) / 1024, tonumber(regex("[0-9.]+", task.cpu)))
    memory_gb = try(tonumber(task.memory) / 1024, tonumber(regex("[0-9.]+", task.memory)))
    is_arm    = task.runtime_platform[0].cpu_architecture == "ARM64"
    prefix    = is_spot ? "SpotUsage-" : ""
    arm       = is_arm ? "ARM-" : ""
    disk_gb   = max(0, coalesce(task.ephemeral_storage[0].size_in_gib, 20) - 20)
  }

  component "Per GB per hour" {
    unit     = "GB"
    per      = 730
    quantity = tasks * memory_gb * 730
    price {
      service    = "AmazonECS"
      usage_type = "${prefix}Fargate-${arm}GB-Hours"
    }
  }
  component "Per vCPU per hour" {
    unit     = "CPU"
    per      = 730
    quantity = tasks * vcpu * 730
    price {
      service    = "AmazonECS"
      usage_type = "${prefix}Fargate-${arm}vCPU-Hours:perCPU"
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

  example "two tasks on Fargate" {
    self   = { launch_type = "FARGATE", desired_count = 2 }
    refs   = { task_definition = { cpu = "1024", memory = "2048" } }
    expect = { "Per GB per hour" = 2920, "Per vCPU per hour" = 1460 }
  }
  example "on Fargate Spot, sizes in words" {
    self   = { capacity_provider_strategy = [{ capacity_provider = "FARGATE_SPOT" }], desired_count = 1 }
    refs   = { task_definition = { cpu = ".5 vCPU", memory = "1 GB" } }
    expect = { "Per GB per hour" = 730, "Per vCPU per hour" = 365 }
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
  component "Storage (infrequent access)" {
    when     = has_infrequent
    detail   = zone
    unit     = "GB"
    quantity = usage.infrequent_access_storage_gb
    price {
      service    = "AmazonEFS"
      usage_type = "IATimedStorage-${infix}ByteHrs"
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
      "Storage (infrequent access)"        = 5
      "Read requests (infrequent access)"  = null
      "Write requests (infrequent access)" = null
      "Provisioned throughput"             = 50
    }
  }
}
