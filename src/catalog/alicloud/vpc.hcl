# An address costs by the hour unless it stands at an ECS instance, and its traffic or bandwidth.
template "alicloud_eip" {
  input "charge_type" {
    type    = string
    default = "PayByBandwidth"
  }
  input "payment_type" {
    type    = string
    default = "PayAsYouGo"
  }
  input "bandwidth_mbps" {
    type    = number
    default = 5
  }
  input "line" {
    type    = string
    default = "BGP"
  }
  input "at_instance" {
    type    = bool
    default = false
  }

  usage {
    # GB a month from the address to the internet.
    monthly_outbound_gb = null
  }

  let {
    prepaid = contains(["subscription", "prepaid"], lower(payment_type))
    fixed   = lower(charge_type) == "paybybandwidth"
    usual   = line == "BGP"
  }

  component "Address" {
    when     = !prepaid && !at_instance
    unit     = "hours"
    quantity = 730
    price {
      service = "eip"
      item    = "instance"
    }
  }

  component "Outbound traffic" {
    when     = !prepaid && !fixed && usual
    unit     = "GB"
    quantity = usage.monthly_outbound_gb
    price {
      service = "eip"
      item    = "traffic"
    }
  }

  # The first 5 Mbps cost less than those above.
  component "Bandwidth" {
    when     = !prepaid && fixed && usual
    unit     = "Mbps"
    quantity = bandwidth_mbps
    price {
      service = "eip"
      item    = "bandwidth"
      times   = 730
    }
  }

  component "Traffic or bandwidth of another line" {
    detail   = line
    when     = !prepaid && !usual
    unit     = "Mbps"
    quantity = bandwidth_mbps
    unpriced = "prices of lines other than BGP"
  }

  component "Subscription" {
    when     = prepaid
    unit     = "months"
    quantity = 1
    unpriced = "subscription prices of elastic addresses"
  }
}

resource "alicloud_eip" {
  docs = "https://www.alibabacloud.com/product/eip/pricing"

  let {
    bound = concat(referrers("alicloud_eip_association", "allocation_id"), [])
    ecs   = length([for one in bound : one if known(one.instance_type, "EcsInstance") == "EcsInstance"]) > 0
  }

  use "alicloud_eip" {
    charge_type    = known(self.internet_charge_type, null)
    payment_type   = coalesce(known(self.payment_type, null), known(self.instance_charge_type, null))
    bandwidth_mbps = known(self.bandwidth, null)
    line           = known(self.isp, null)
    at_instance    = ecs
  }

  example "an address by traffic" {
    self   = { internet_charge_type = "PayByTraffic" }
    usage  = { monthly_outbound_gb = 100 }
    expect = { "Address" = 730, "Outbound traffic" = 100 }
  }
  example "at an instance" {
    self      = { internet_charge_type = "PayByTraffic" }
    referrers = { "alicloud_eip_association.allocation_id" = [{ instance_id = "i-1" }] }
    expect    = { "Outbound traffic" = null }
  }
}

resource "alicloud_eip_address" {
  docs = "https://www.alibabacloud.com/product/eip/pricing"

  let {
    bound = concat(referrers("alicloud_eip_association", "allocation_id"), [])
    ecs   = length([for one in bound : one if known(one.instance_type, "EcsInstance") == "EcsInstance"]) > 0
  }

  use "alicloud_eip" {
    charge_type    = known(self.internet_charge_type, null)
    payment_type   = coalesce(known(self.payment_type, null), known(self.instance_charge_type, null))
    bandwidth_mbps = known(self.bandwidth, null)
    line           = known(self.isp, null)
    at_instance    = ecs
  }

  example "an address with 10 Mbps" {
    self   = { bandwidth = "10", internet_charge_type = "PayByBandwidth" }
    expect = { "Address" = 730, "Bandwidth" = 10 }
  }
  example "another line" {
    self   = { bandwidth = "10", isp = "BGP_PRO" }
    expect = { "Address" = 730, "Traffic or bandwidth of another line" = 10 }
  }
  example "a subscription" {
    self   = { payment_type = "Subscription" }
    expect = { "Subscription" = 1 }
  }
}

# Older gateways have a specification and a price by the day, enhanced ones pay by capacity units.
resource "alicloud_nat_gateway" {
  docs = "https://www.alibabacloud.com/product/nat/pricing"

  usage {
    # Capacity units on average: 1,000 new connections a second, 10,000 connections or 1 GB an hour each.
    capacity_units = null
  }

  let {
    prepaid       = contains(["subscription", "prepaid"], lower(coalesce(known(self.payment_type, null), known(self.instance_charge_type, null), "PayAsYouGo")))
    specification = known(self.specification, known(self.spec, ""))
    by_units      = lower(coalesce(known(self.internet_charge_type, null), specification == "" ? "PayByLcu" : "PayBySpec")) == "paybylcu"
  }

  component "NAT gateway" {
    when     = by_units && !prepaid
    detail   = "enhanced"
    unit     = "hours"
    quantity = 730
    price {
      service       = "nat"
      item          = "instance"
      specification = "Enhanced"
    }
  }

  component "Capacity units" {
    when     = by_units && !prepaid
    unit     = "CU-hours"
    quantity = usage.capacity_units * 730
    price {
      service       = "nat"
      item          = "capacity unit"
      specification = "Enhanced"
    }
  }

  component "Specification" {
    when     = !by_units && !prepaid
    detail   = specification
    unit     = "days"
    quantity = 730 / 24
    price {
      service       = "nat"
      item          = "specification"
      specification = specification == "" ? "Small" : specification
    }
  }

  component "Subscription" {
    when     = prepaid
    unit     = "months"
    quantity = 1
    unpriced = "subscription prices of NAT gateways"
  }

  example "enhanced" {
    self   = { vpc_id = "vpc-1", nat_type = "Enhanced" }
    usage  = { capacity_units = 2 }
    expect = { "NAT gateway" = 730, "Capacity units" = 1460 }
  }
  example "by specification" {
    self   = { vpc_id = "vpc-1", spec = "Middle" }
    expect = { "Specification" = 30.416666666666666666666666667 }
  }
  example "a subscription" {
    self   = { vpc_id = "vpc-1", payment_type = "Subscription" }
    expect = { "Subscription" = 1 }
  }
}
