# A classic load balancer. A private one pays only for a guaranteed specification, a public one also for the instance
# and its traffic or bandwidth.
template "alicloud_slb" {
  input "internet" {
    type    = bool
    default = false
  }
  input "charge_type" {
    type    = string
    default = "PayByTraffic"
  }
  input "payment_type" {
    type    = string
    default = "PayAsYouGo"
  }
  input "specification" {
    type    = string
    default = ""
  }
  input "bandwidth_mbps" {
    type    = number
    default = 1
  }

  usage {
    # GB a month from the load balancer to the internet.
    monthly_outbound_gb = null
  }

  let {
    prepaid = contains(["subscription", "prepaid"], lower(payment_type))
    fixed   = lower(charge_type) == "paybybandwidth"
  }

  component "Load balancer" {
    when     = internet && !prepaid
    unit     = "hours"
    quantity = 730
    price {
      service = "slb"
      item    = "instance"
    }
  }

  component "Specification" {
    detail   = specification
    when     = specification != "" && !prepaid
    unit     = "hours"
    quantity = 730
    note     = "At most: an hour is billed by the specification that it really used."
    price {
      service       = "slb"
      item          = "specification"
      specification = specification
    }
  }

  component "Outbound traffic" {
    when     = internet && !fixed && !prepaid
    unit     = "GB"
    quantity = usage.monthly_outbound_gb
    price {
      service = "slb"
      item    = "traffic"
    }
  }

  # The first 5 Mbps cost less than those above.
  component "Bandwidth" {
    when     = internet && fixed && !prepaid
    unit     = "Mbps"
    quantity = bandwidth_mbps
    price {
      service = "slb"
      item    = "bandwidth"
      times   = 730
    }
  }

  component "Subscription" {
    when     = prepaid
    unit     = "months"
    quantity = 1
    unpriced = "subscription prices of load balancers"
  }
}

resource "alicloud_slb" {
  docs = "https://www.alibabacloud.com/product/server-load-balancer/pricing"

  let {
    private = coalesce(known(self.address_type, null), known(self.internet, null) == null ? null : (self.internet ? "internet" : "intranet"), known(self.vswitch_id, null) == null ? "internet" : "intranet")
  }

  use "alicloud_slb" {
    internet       = private == "internet"
    charge_type    = known(self.internet_charge_type, null)
    payment_type   = coalesce(known(self.payment_type, null), known(self.instance_charge_type, null))
    specification  = coalesce(known(self.load_balancer_spec, null), known(self.specification, null))
    bandwidth_mbps = known(self.bandwidth, null)
  }

  example "private and shared, which costs nothing" {
    self   = { vswitch_id = "vsw-1" }
    expect = {}
  }
  example "public, paid by traffic" {
    self   = { internet = true, internet_charge_type = "paybytraffic" }
    usage  = { monthly_outbound_gb = 100 }
    expect = { "Load balancer" = 730, "Outbound traffic" = 100 }
  }
}

resource "alicloud_slb_load_balancer" {
  docs = "https://www.alibabacloud.com/product/server-load-balancer/pricing"

  use "alicloud_slb" {
    internet       = coalesce(known(self.address_type, null), known(self.vswitch_id, null) == null ? "internet" : "intranet") == "internet"
    charge_type    = known(self.internet_charge_type, null)
    payment_type   = known(self.payment_type, null)
    specification  = known(self.load_balancer_spec, null)
    bandwidth_mbps = known(self.bandwidth, null)
  }

  example "public, guaranteed, paid by bandwidth" {
    self = {
      address_type         = "internet"
      internet_charge_type = "PayByBandwidth"
      bandwidth            = 20
      load_balancer_spec   = "slb.s2.small"
    }
    expect = { "Load balancer" = 730, "Specification" = 730, "Bandwidth" = 20 }
  }
  example "private, guaranteed" {
    self   = { address_type = "intranet", load_balancer_spec = "slb.s1.small", vswitch_id = "vsw-1" }
    expect = { "Specification" = 730 }
  }
  example "a subscription" {
    self   = { address_type = "internet", payment_type = "Subscription" }
    expect = { "Subscription" = 1 }
  }
}

# No list of ALB prices is at hand.
resource "alicloud_alb_load_balancer" {
  docs = "https://www.alibabacloud.com/product/server-load-balancer/pricing"

  usage {
    # Load balancer capacity units on average.
    capacity_units = null
  }

  component "Load balancer" {
    detail   = known(self.load_balancer_edition, null)
    unit     = "hours"
    quantity = 730
    unpriced = "prices of application load balancers"
  }

  component "Capacity units" {
    unit     = "LCU-hours"
    quantity = usage.capacity_units * 730
    unpriced = "prices of application load balancers"
  }

  example "an application load balancer" {
    self   = { load_balancer_edition = "Standard", address_type = "Internet" }
    expect = { "Load balancer" = 730, "Capacity units" = null }
  }
}
