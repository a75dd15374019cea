# What an LCU holds: new connections a second, active connections a minute, gigabytes an hour, rule evaluations a second.
table "elb_capacity" {
  rows = {
    application = { words = "Application load balancer", operation = "LoadBalancing:Application", connections = 25, active = 3000, rules = 1000 }
    network     = { words = "Network load balancer", operation = "LoadBalancing:Network", connections = 800, active = 100000, rules = null }
    gateway     = { words = "Gateway load balancer", operation = "LoadBalancing:Gateway", connections = 600, active = 60000, rules = null }
  }
}

template "load_balancer" {
  input "type" {
    type    = string
    default = "application"
  }
  input "is_internal" {
    type    = bool
    default = false
  }

  usage {
    # New connections a second, on average.
    new_connections = null
    # Active connections a minute, on average.
    active_connections = null
    # GB processed a month.
    processed_bytes_gb = null
    # Rule evaluations a second: rules times requests, less the ten free rules.
    rule_evaluations = null
  }

  let {
    kind = table.elb_capacity[type]
    dimensions = [
      for share in [
        usage.new_connections / kind.connections,
        usage.active_connections / kind.active,
        usage.processed_bytes_gb / 730,
        kind.rules == null ? null : usage.rule_evaluations / kind.rules,
      ] : share if share != null
    ]
    # The dimension that needs most capacity decides.
    capacity = length(dimensions) > 0 ? max(dimensions...) : null
    addresses = is_internal ? null : "Not counted: the public IPv4 addresses of an internet-facing load balancer, one or more a subnet."
  }

  component "Application load balancer" {
    when     = type == "application"
    unit     = "hours"
    quantity = 730
    note     = addresses
    price {
      service    = "AWSELB"
      usage_type = "LoadBalancerUsage"
      operation  = kind.operation
    }
  }
  component "Network load balancer" {
    when     = type == "network"
    unit     = "hours"
    quantity = 730
    note     = addresses
    price {
      service    = "AWSELB"
      usage_type = "LoadBalancerUsage"
      operation  = kind.operation
    }
  }
  component "Gateway load balancer" {
    when     = type == "gateway"
    unit     = "hours"
    quantity = 730
    price {
      service    = "AWSELB"
      usage_type = "LoadBalancerUsage"
      operation  = kind.operation
    }
  }
  # A capacity unit for the whole month is 730 unit-hours.
  component "Load balancer capacity units" {
    unit     = "LCU"
    per      = 730
    quantity = capacity * 730
    price {
      service    = "AWSELB"
      usage_type = "LCUUsage"
      operation  = kind.operation
    }
  }
}

resource "aws_lb" {
  docs = "https://aws.amazon.com/elasticloadbalancing/pricing/"
  use "load_balancer" {
    type        = known(self.load_balancer_type, null)
    is_internal = known(self.internal, null)
  }
  example "application, without usage" {
    self   = { load_balancer_type = "application" }
    expect = { "Application load balancer" = 730, "Load balancer capacity units" = null }
  }
  example "application: the largest dimension decides" {
    self   = {}
    usage  = { new_connections = 50, processed_bytes_gb = 1460, rule_evaluations = 5000 }
    expect = { "Application load balancer" = 730, "Load balancer capacity units" = 3650 }
  }
  example "network" {
    self   = { load_balancer_type = "network" }
    usage  = { active_connections = 200000 }
    expect = { "Network load balancer" = 730, "Load balancer capacity units" = 1460 }
  }
  example "gateway" {
    self   = { load_balancer_type = "gateway" }
    expect = { "Gateway load balancer" = 730, "Load balancer capacity units" = null }
  }
}

resource "aws_alb" {
  docs = "https://aws.amazon.com/elasticloadbalancing/pricing/"
  use "load_balancer" {
    type        = known(self.load_balancer_type, null)
    is_internal = known(self.internal, null)
  }
  example "application" {
    self   = {}
    expect = { "Application load balancer" = 730, "Load balancer capacity units" = null }
  }
}

resource "aws_elb" {
  docs = "https://aws.amazon.com/elasticloadbalancing/pricing/"
  usage {
    # GB processed a month.
    monthly_data_processed_gb = null
  }
  component "Classic load balancer" {
    unit     = "hours"
    quantity = 730
    price {
      service    = "AWSELB"
      usage_type = "LoadBalancerUsage"
      operation  = "LoadBalancing"
    }
  }
  component "Data processed" {
    unit     = "GB"
    quantity = usage.monthly_data_processed_gb
    price {
      service    = "AWSELB"
      usage_type = "DataProcessing-Bytes"
      operation  = "LoadBalancing"
    }
  }
  example "classic" {
    self   = {}
    expect = { "Classic load balancer" = 730, "Data processed" = null }
  }
}
