resource "aws_autoscaling_group" {
  docs = "https://aws.amazon.com/ec2/pricing/on-demand/"

  usage {
    # Instances that run on average.
    instances = null
  }

  let {
    mixed         = known(self.mixed_instances_policy, [])[0]
    specification = mixed.launch_template[0]
    distribution  = mixed.instances_distribution[0]
    template = coalesce(
      ref("launch_template.id"),
      ref("launch_template.name"),
      ref("mixed_instances_policy.launch_template.launch_template_specification.launch_template_id"),
      ref("mixed_instances_policy.launch_template.launch_template_specification.launch_template_name"),
    )
    configuration = ref("launch_configuration")
    override      = known(specification.override, [])[0]
    # Capacity counts in units of a type's weight: how many instances that are. Of several types the first is taken.
    weight        = coalesce(tonumber(known(override.weighted_capacity, null)), 1)
    capacity      = ceil(coalesce(known(self.desired_capacity, null), self.min_size) / weight)
    wanted        = coalesce(usage.instances, capacity)
    base          = coalesce(known(distribution.on_demand_base_capacity, null), 0)
    share         = coalesce(known(distribution.on_demand_percentage_above_base_capacity, null), 100)
    on_demand     = distribution == null ? wanted : min(wanted, base + ceil(max(0, wanted - base) * share / 100))
    spot          = wanted - on_demand
  }

  part "launch_template" {
    when  = template != null && (on_demand > 0 || spot == 0)
    times = on_demand
    use "ec2_launched_machine" {
      launch_template = template
      instance_type   = override.instance_type
    }
  }

  part "launch_template (spot)" {
    when  = template != null && spot > 0
    times = spot
    use "ec2_launched_machine" {
      launch_template = template
      instance_type   = override.instance_type
      purchase        = "spot"
    }
  }

  part "launch_configuration" {
    when  = configuration != null
    times = wanted
    use "ec2_described_machine" {
      machine  = configuration
      purchase = configuration.spot_price == null ? null : "spot"
    }
  }

  # The template stands outside of the plan: what runs is not known.
  component "Instance usage" {
    when     = template == null && configuration == null
    detail   = "launch template outside of the plan"
    unit     = "hours"
    quantity = wanted * 730
    price {
      service    = "AmazonEC2"
      usage_type = "BoxUsage:${override.instance_type}"
      operation  = "RunInstances"
    }
  }

  example "by a launch template" {
    self   = { desired_capacity = 3, min_size = 1, launch_template = [{ id = "lt-1" }] }
    refs   = { "launch_template.id" = { instance_type = "m5.large" } }
    expect = { "launch_template/Instance usage" = 2190, "launch_template/root_block_device/Storage" = 24 }
  }
  example "mixed, with spot above a base" {
    self = {
      desired_capacity = 10
      min_size         = 1
      mixed_instances_policy = [{
        instances_distribution = [{ on_demand_base_capacity = 2, on_demand_percentage_above_base_capacity = 25 }]
        launch_template        = [{ override = [{ instance_type = "m5.large" }] }]
      }]
    }
    refs = {
      "mixed_instances_policy.launch_template.launch_template_specification.launch_template_id" = { instance_type = "m5.xlarge" }
    }
    expect = {
      "launch_template/Instance usage"                   = 2920
      "launch_template/root_block_device/Storage"        = 32
      "launch_template (spot)/Instance usage"            = 4380
      "launch_template (spot)/root_block_device/Storage" = 48
    }
  }
  example "weighted capacity" {
    self = {
      desired_capacity       = 10
      min_size               = 1
      mixed_instances_policy = [{ launch_template = [{ override = [{ instance_type = "m5.xlarge", weighted_capacity = "4" }] }] }]
    }
    refs = {
      "mixed_instances_policy.launch_template.launch_template_specification.launch_template_id" = { instance_type = "m5.large" }
    }
    expect = { "launch_template/Instance usage" = 2190, "launch_template/root_block_device/Storage" = 24 }
  }
  example "as many as usage says" {
    self   = { desired_capacity = 3, launch_template = [{ id = "lt-1" }] }
    usage  = { instances = 1.5 }
    refs   = { "launch_template.id" = { instance_type = "m5.large" } }
    expect = { "launch_template/Instance usage" = 1095, "launch_template/root_block_device/Storage" = 12 }
  }
  example "by a launch configuration" {
    self   = { min_size = 2 }
    refs   = { launch_configuration = { instance_type = "t2.micro", root_block_device = [{ volume_size = 10 }] } }
    expect = { "launch_configuration/Instance usage" = 1460, "launch_configuration/root_block_device/Storage" = 20 }
  }
  example "a template outside of the plan, its type overridden" {
    self = {
      desired_capacity       = 1
      mixed_instances_policy = [{ launch_template = [{ override = [{ instance_type = "m5.large" }] }] }]
    }
    expect = { "Instance usage" = 730 }
  }
}
