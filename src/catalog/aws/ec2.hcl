table "aws_instance_type" {
  csv = "instance_types.csv"
  key = "instance_type"
}

# What operating systems are called on the pricing page and in the price list.
table "ec2_operating_system" {
  rows = {
    linux   = { words = "Linux/UNIX", operation = "RunInstances", credits = "RunInstances" }
    windows = { words = "Windows", operation = "RunInstances:0002", credits = "RunInstances:0002" }
    rhel    = { words = "RHEL", operation = "RunInstances:0010", credits = "RunInstances" }
    suse    = { words = "SUSE", operation = "RunInstances:000g", credits = "RunInstances" }
  }
}

# A machine without its volumes.
template "ec2_machine" {
  input "instance_type" { type = string }
  input "purchase" {
    type    = string
    default = "on-demand"
  }
  input "tenancy" {
    type    = string
    default = "default"
  }
  input "monitoring" {
    type    = bool
    default = false
  }
  input "cpu_credits" { type = string }
  input "ebs_optimized" {
    type    = bool
    default = false
  }
  # Where the resource itself says what runs; otherwise usage says it.
  input "operating_system" { type = string }
  input "has_public_address" {
    type    = bool
    default = false
  }

  usage {
    # The operating system: linux, windows, rhel or suse. A plan does not say what an AMI holds.
    operating_system = "linux"
    # Hours a month that an instance runs.
    monthly_hrs = 730
    # Reserved instances: standard or convertible.
    reserved_instance_type = null
    # The term of reserved instances: 1_year or 3_year.
    reserved_instance_term = null
    # How reserved instances are paid: no_upfront, partial_upfront or all_upfront.
    reserved_instance_payment_option = null
    # Hours a month in which a burstable instance spends more credits than it earns.
    monthly_cpu_credit_hrs = null
    # vCPUs that spend credits; 0 means as many as the type has.
    vcpu_count = 0
  }

  let {
    system    = table.ec2_operating_system[lower(coalesce(operating_system, usage.operating_system))]
    family    = split(".", instance_type)[0]
    reserved  = usage.reserved_instance_term != null
    bought    = reserved ? "reserved" : purchase
    dedicated = tenancy == "dedicated"
    meter     = bought == "spot" ? "SpotUsage" : (dedicated ? "DedicatedUsage" : "BoxUsage")
    # T3 and later spend beyond their credits unless told otherwise; T2 only when told so.
    unlimited = coalesce(cpu_credits, family == "t2" ? "standard" : "unlimited") == "unlimited"
    vcpus     = usage.vcpu_count > 0 ? usage.vcpu_count : table.aws_instance_type[instance_type].vcpu
    older     = contains(["c1", "c3", "g2", "i2", "m1", "m2", "m3", "r3"], family)
  }

  # On a dedicated host instances cost nothing beside the host.
  component "Instance usage" {
    detail   = "${system.words}, ${bought}, ${instance_type}"
    unit     = "hours"
    quantity = usage.monthly_hrs
    when     = tenancy != "host"
    note     = reserved ? "The price book has no prices of reserved instances." : null
    price {
      service    = "AmazonEC2"
      usage_type = reserved ? "ReservedUsage:${instance_type}" : "${meter}:${instance_type}"
      operation  = system.operation
    }
  }

  component "CPU credits" {
    when     = contains(["t2", "t3", "t3a", "t4g"], family) && unlimited
    unit     = "vCPU-hours"
    quantity = usage.monthly_cpu_credit_hrs * vcpus
    price {
      service    = "AmazonEC2"
      usage_type = "CPUCredits:${family}"
      operation  = system.credits
    }
  }

  component "EC2 detailed monitoring" {
    when     = monitoring
    unit     = "metrics"
    quantity = 7
    price {
      service    = "AmazonCloudWatch"
      usage_type = "CW:MetricMonitorUsage"
    }
  }

  # Newer families are optimized for EBS at no charge.
  component "EBS-optimized usage" {
    when     = ebs_optimized && older
    unit     = "hours"
    quantity = usage.monthly_hrs
    price {
      service    = "AmazonEC2"
      usage_type = "EBSOptimized:${instance_type}"
      operation  = "Hourly"
    }
  }

  # An elastic address bills itself; this is the one that comes and goes with the instance.
  component "Public IPv4 address" {
    when     = has_public_address
    unit     = "hours"
    quantity = usage.monthly_hrs
    price {
      service    = "AmazonVPC"
      usage_type = "PublicIPv4:InUseAddress"
    }
  }
}

# A machine as a launch template describes it, with its volumes.
template "ec2_launched_machine" {
  input "launch_template" { type = any }
  input "instance_type" { type = string }
  input "purchase" { type = string }
  input "tenancy" { type = string }
  input "operating_system" { type = string }
  # The size of the AMI's own volume.
  input "root_size_gb" {
    type    = number
    default = 8
  }

  usage {
    block_device_mapping = {
      # I/O requests a month of each magnetic volume.
      monthly_standard_io_requests = null
    }
  }

  let {
    bought   = launch_template.instance_market_options[0].market_type
    volumes  = [for mapping in coalesce(known(launch_template.block_device_mappings, null), []) : mapping.ebs[0] if mapping.ebs[0] != null]
  }

  use "ec2_machine" {
    instance_type = coalesce(instance_type, launch_template.instance_type)
    purchase      = coalesce(purchase, bought, "on-demand")
    tenancy       = coalesce(tenancy, launch_template.placement[0].tenancy)
    monitoring    = launch_template.monitoring[0].enabled
    cpu_credits   = launch_template.credit_specification[0].cpu_credits
    ebs_optimized = known(launch_template.ebs_optimized, false)

    operating_system   = operating_system
    has_public_address = known(launch_template.network_interfaces, [])[0].associate_public_ip_address
  }

  part "block_device_mapping" {
    for_each = volumes
    use "ebs_volume" {
      size_gb    = each.value.volume_size
      type       = known(each.value.volume_type, null)
      iops       = known(each.value.iops, null)
      throughput = known(each.value.throughput, null)

      io_requests = usage.block_device_mapping.monthly_standard_io_requests
    }
  }

  part "root_block_device" {
    when = length(volumes) == 0
    use "ebs_volume" {
      size_gb = root_size_gb
      note    = "Assumed: a root volume of ${root_size_gb} GB, gp2; the AMI decides when the plan names none."
    }
  }
}

# A machine as its own resource describes it.
template "ec2_described_machine" {
  input "machine" { type = any }
  input "launch_template" { type = any }
  input "purchase" { type = string }
  input "has_elastic_address" {
    type    = bool
    default = false
  }

  usage {
    root_block_device = {
      # I/O requests a month, of a magnetic root volume.
      monthly_standard_io_requests = null
    }
    ebs_block_device = {
      # I/O requests a month of each further magnetic volume.
      monthly_standard_io_requests = null
    }
    block_device_mapping = {
      # The same for volumes that a launch template names.
      monthly_standard_io_requests = null
    }
  }

  let {
    instance_type = coalesce(known(machine.instance_type, null), launch_template.instance_type, machine.instance_type)
    root          = known(machine.root_block_device, [])
    extra         = known(machine.ebs_block_device, [])
    mapped        = [for mapping in coalesce(known(launch_template.block_device_mappings, null), []) : mapping.ebs[0] if mapping.ebs[0] != null]
    has_root      = length(root) > 0
  }

  use "ec2_machine" {
    instance_type = instance_type
    purchase      = coalesce(purchase, launch_template.instance_market_options[0].market_type, "on-demand")
    tenancy       = coalesce(known(machine.tenancy, null), known(machine.placement_tenancy, null), launch_template.placement[0].tenancy)
    monitoring    = coalesce(known(machine.monitoring, null), known(machine.enable_monitoring, null), launch_template.monitoring[0].enabled)
    cpu_credits   = coalesce(known(machine.credit_specification, [])[0].cpu_credits, launch_template.credit_specification[0].cpu_credits)
    ebs_optimized = known(machine.ebs_optimized, false)

    has_public_address = known(machine.associate_public_ip_address, false) && !has_elastic_address
  }

  part "root_block_device" {
    when = has_root || length(mapped) == 0
    use "ebs_volume" {
      size_gb    = known(root[0].volume_size, null)
      type       = known(root[0].volume_type, null)
      iops       = known(root[0].iops, null)
      throughput = known(root[0].throughput, null)

      io_requests = usage.root_block_device.monthly_standard_io_requests

      note = has_root && known(root[0].volume_size, null) != null ? null : "Assumed: a root volume of 8 GB; the AMI decides when the plan names no size."
    }
  }

  part "ebs_block_device" {
    for_each = extra
    use "ebs_volume" {
      size_gb    = each.value.volume_size
      type       = known(each.value.volume_type, null)
      iops       = known(each.value.iops, null)
      throughput = known(each.value.throughput, null)

      io_requests = usage.ebs_block_device.monthly_standard_io_requests
    }
  }

  part "block_device_mapping" {
    for_each = has_root ? [] : mapped
    use "ebs_volume" {
      size_gb    = each.value.volume_size
      type       = known(each.value.volume_type, null)
      iops       = known(each.value.iops, null)
      throughput = known(each.value.throughput, null)

      io_requests = usage.block_device_mapping.monthly_standard_io_requests
    }
  }
}

resource "aws_instance" {
  docs = "https://aws.amazon.com/ec2/pricing/on-demand/"

  let {
    template = coalesce(ref("launch_template.id"), ref("launch_template.name"))
    market   = known(self.instance_market_options, [])[0].market_type
    elastic  = concat(referrers("aws_eip", "instance"), referrers("aws_eip_association", "instance_id"))
  }

  use "ec2_described_machine" {
    machine             = self
    launch_template     = template
    purchase            = market
    has_elastic_address = length(elastic) > 0
  }

  example "a plain instance" {
    self   = { instance_type = "m5.large" }
    expect = { "Instance usage" = 730, "root_block_device/Storage" = 8 }
  }
  example "volumes, monitoring, credits" {
    self = {
      instance_type        = "t3.medium"
      monitoring           = true
      credit_specification = [{ cpu_credits = "unlimited" }]
      root_block_device    = [{ volume_size = 50, volume_type = "gp3" }]
      ebs_block_device     = [{ volume_size = 20, volume_type = "io1", iops = 200 }]
    }
    usage  = { monthly_cpu_credit_hrs = 350 }
    expect = {
      "Instance usage"                       = 730
      "CPU credits"                          = 700
      "EC2 detailed monitoring"              = 7
      "root_block_device/Storage"            = 50
      "ebs_block_device[0]/Storage"          = 20
      "ebs_block_device[0]/Provisioned IOPS" = 200
    }
  }
  example "Windows, dedicated" {
    self   = { instance_type = "m5.large", tenancy = "dedicated" }
    usage  = { operating_system = "windows" }
    expect = { "Instance usage" = 730, "root_block_device/Storage" = 8 }
  }
  example "RHEL" {
    self   = { instance_type = "m5.large" }
    usage  = { operating_system = "rhel" }
    expect = { "Instance usage" = 730, "root_block_device/Storage" = 8 }
  }
  example "SUSE" {
    self   = { instance_type = "m5.large" }
    usage  = { operating_system = "suse" }
    expect = { "Instance usage" = 730, "root_block_device/Storage" = 8 }
  }
  example "on a dedicated host, which bills itself" {
    self   = { instance_type = "m5.large", tenancy = "host" }
    expect = { "root_block_device/Storage" = 8 }
  }
  example "spot" {
    self   = { instance_type = "m5.large", instance_market_options = [{ market_type = "spot" }] }
    expect = { "Instance usage" = 730, "root_block_device/Storage" = 8 }
  }
  example "an older family, optimized for EBS" {
    self   = { instance_type = "r3.xlarge", ebs_optimized = true }
    expect = { "Instance usage" = 730, "EBS-optimized usage" = 730, "root_block_device/Storage" = 8 }
  }
  example "with a public address of its own" {
    self   = { instance_type = "m5.large", associate_public_ip_address = true }
    expect = { "Instance usage" = 730, "Public IPv4 address" = 730, "root_block_device/Storage" = 8 }
  }
  example "with an elastic address, which bills itself" {
    self      = { instance_type = "m5.large", associate_public_ip_address = true }
    referrers = { "aws_eip.instance" = [{ domain = "vpc" }] }
    expect    = { "Instance usage" = 730, "root_block_device/Storage" = 8 }
  }
  example "magnetic volumes" {
    self = {
      instance_type     = "m5.large"
      root_block_device = [{ volume_size = 10, volume_type = "standard" }]
      ebs_block_device  = [{ volume_size = 20, volume_type = "standard" }]
    }
    usage = { root_block_device = { monthly_standard_io_requests = 5000000 } }
    expect = {
      "Instance usage"                   = 730
      "root_block_device/Storage"        = 10
      "root_block_device/I/O requests"   = 5000000
      "ebs_block_device[0]/Storage"      = 20
      "ebs_block_device[0]/I/O requests" = null
    }
  }
  example "half the month" {
    self   = { instance_type = "m5.large", monitoring = false }
    usage  = { monthly_hrs = 365 }
    expect = { "Instance usage" = 365, "root_block_device/Storage" = 8 }
  }
  example "by a launch template" {
    self = { launch_template = [{ id = "lt-1" }] }
    refs = {
      "launch_template.id" = {
        instance_type         = "c5.xlarge"
        block_device_mappings = [{ ebs = [{ volume_size = 30, volume_type = "gp3" }] }]
      }
    }
    expect = { "Instance usage" = 730, "block_device_mapping[0]/Storage" = 30 }
  }
}

resource "aws_spot_instance_request" {
  docs = "https://aws.amazon.com/ec2/spot/pricing/"

  let {
    template = coalesce(ref("launch_template.id"), ref("launch_template.name"))
    elastic  = concat(referrers("aws_eip", "instance"), referrers("aws_eip_association", "instance_id"))
  }

  use "ec2_described_machine" {
    machine             = self
    launch_template     = template
    purchase            = "spot"
    has_elastic_address = length(elastic) > 0
  }

  example "a spot instance" {
    self   = { instance_type = "m5.large", root_block_device = [{ volume_size = 10 }] }
    expect = { "Instance usage" = 730, "root_block_device/Storage" = 10 }
  }
}
