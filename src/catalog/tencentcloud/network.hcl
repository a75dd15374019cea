# A private load balancer is free. Traffic is billed at the load balancer or, in older accounts, at its servers.
resource "tencentcloud_clb_instance" {
  docs = "https://buy.cloud.tencent.com/price/clb"

  let {
    public     = known(self.network_type, "OPEN") == "OPEN"
    guaranteed = known(self.sla_type, "")
  }

  component "Load balancer" {
    when     = public && guaranteed == ""
    unit     = "hours"
    quantity = 730
    price {
      service = "clb"
      item    = "instance"
    }
  }

  component "Load balancer of a specification" {
    detail   = guaranteed
    when     = guaranteed != ""
    unit     = "hours"
    quantity = 730
    unpriced = "prices of load balancer specifications"
  }

  use "tencentcloud_internet" {
    when           = public && known(self.internet_charge_type, null) != null
    charge_type    = known(self.internet_charge_type, null)
    bandwidth_mbps = known(self.internet_bandwidth_max_out, null)
  }

  example "public" {
    self   = { clb_name = "web", network_type = "OPEN" }
    expect = { "Load balancer" = 730 }
  }
  example "public, by bandwidth" {
    self = {
      network_type               = "OPEN"
      internet_charge_type       = "BANDWIDTH_POSTPAID_BY_HOUR"
      internet_bandwidth_max_out = 20
    }
    expect = { "Load balancer" = 730, "Bandwidth" = 20 }
  }
  example "private" {
    self   = { network_type = "INTERNAL" }
    expect = {}
  }
  example "of a specification" {
    self   = { network_type = "INTERNAL", sla_type = "clb.c3.small" }
    expect = { "Load balancer of a specification" = 730 }
  }
}

# An address costs while nothing uses it.
resource "tencentcloud_eip" {
  docs = "https://buy.cloud.tencent.com/price/eip"

  let {
    bound = concat(referrers("tencentcloud_eip_association", "eip_id"), referrers("tencentcloud_nat_gateway", "assigned_eip_set"))
    usual = known(self.type, "EIP") == "EIP"
  }

  component "Idle address" {
    when     = length(bound) == 0 && usual
    unit     = "hours"
    quantity = 730
    price {
      service = "vpc"
      item    = "idle address"
    }
  }

  component "Address of another kind" {
    detail   = self.type
    when     = !usual
    unit     = "hours"
    quantity = 730
    unpriced = "prices of accelerated addresses"
  }

  use "tencentcloud_internet" {
    when           = usual && known(self.internet_charge_type, null) != null
    charge_type    = known(self.internet_charge_type, null)
    bandwidth_mbps = known(self.internet_max_bandwidth_out, null)
  }

  example "idle" {
    self   = { name = "spare" }
    expect = { "Idle address" = 730 }
  }
  example "in use, by traffic" {
    self      = { name = "web", internet_charge_type = "TRAFFIC_POSTPAID_BY_HOUR" }
    usage     = { monthly_outbound_gb = 30 }
    referrers = { "tencentcloud_eip_association.eip_id" = [{ instance_id = "ins-1" }] }
    expect    = { "Outbound traffic" = 30 }
  }
  example "anycast" {
    self   = { type = "AnycastEIP" }
    expect = { "Address of another kind" = 730 }
  }
}

# By the largest number of connections; the standard gateway of later years is not in the price book.
resource "tencentcloud_nat_gateway" {
  docs = "https://buy.cloud.tencent.com/price/nat"

  usage {
    # GB a month from the gateway to the internet.
    monthly_outbound_gb = null
  }

  let {
    connections = known(self.max_concurrent, 1000000)
    standard    = known(self.nat_product_version, 1) == 2
  }

  component "NAT gateway" {
    detail   = "${connections} connections"
    when     = !standard
    unit     = "hours"
    quantity = 730
    price {
      service = "vpc"
      item    = "nat gateway"
      size    = connections
    }
  }

  component "Standard NAT gateway" {
    when     = standard
    unit     = "hours"
    quantity = 730
    unpriced = "prices of standard NAT gateways"
  }

  component "Outbound traffic" {
    unit     = "GB"
    quantity = usage.monthly_outbound_gb
    price {
      service     = "bandwidth"
      charge_type = "TRAFFIC_POSTPAID_BY_HOUR"
    }
  }

  example "small" {
    self   = { name = "nat", vpc_id = "vpc-1", bandwidth = 100 }
    expect = { "NAT gateway" = 730, "Outbound traffic" = null }
  }
  example "large" {
    self   = { name = "nat", max_concurrent = 10000000 }
    usage  = { monthly_outbound_gb = 100 }
    expect = { "NAT gateway" = 730, "Outbound traffic" = 100 }
  }
  example "standard" {
    self   = { name = "nat", nat_product_version = 2 }
    expect = { "Standard NAT gateway" = 730, "Outbound traffic" = null }
  }
}
