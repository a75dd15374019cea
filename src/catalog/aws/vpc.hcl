resource "aws_nat_gateway" {
  docs = "https://aws.amazon.com/vpc/pricing/"

  usage {
    # GB processed by the gateway a month.
    monthly_data_processed_gb = null
  }

  component "NAT gateway" {
    unit     = "hours"
    quantity = 730
    price {
      service    = "AmazonEC2"
      usage_type = "NatGateway-Hours"
      operation  = "NatGateway"
    }
  }
  component "Data processed" {
    unit     = "GB"
    quantity = usage.monthly_data_processed_gb
    price {
      service    = "AmazonEC2"
      usage_type = "NatGateway-Bytes"
      operation  = "NatGateway"
    }
  }

  example "idle gateway" {
    self   = { subnet_id = "subnet-1" }
    expect = { "NAT gateway" = 730, "Data processed" = null }
  }
}

# Every public IPv4 address costs, whether something uses it or not; addresses that users bring do not.
resource "aws_eip" {
  docs = "https://aws.amazon.com/vpc/pricing/"
  free = known(self.public_ipv4_pool, "amazon") != "amazon"

  let {
    attached = concat(
      referrers("aws_nat_gateway", "allocation_id"),
      referrers("aws_eip_association", "allocation_id"),
      referrers("aws_lb", "subnet_mapping.allocation_id"),
    )
    is_used = length(attached) > 0 || known(self.instance, null) != null || known(self.network_interface, null) != null || ref("instance") != null || ref("network_interface") != null
  }

  component "IP address (in use)" {
    when     = is_used
    unit     = "hours"
    quantity = 730
    price {
      service    = "AmazonVPC"
      usage_type = "PublicIPv4:InUseAddress"
    }
  }
  component "IP address (if unused)" {
    when     = !is_used
    unit     = "hours"
    quantity = 730
    price {
      service    = "AmazonVPC"
      usage_type = "PublicIPv4:IdleAddress"
    }
  }

  example "nothing uses it" {
    self   = { domain = "vpc" }
    expect = { "IP address (if unused)" = 730 }
  }
  example "a NAT gateway uses it" {
    self      = {}
    referrers = { "aws_nat_gateway.allocation_id" = [{ subnet_id = "subnet-1" }] }
    expect    = { "IP address (in use)" = 730 }
  }
}

resource "aws_vpc_endpoint" {
  docs = "https://aws.amazon.com/privatelink/pricing/"
  free = !contains(["Interface", "GatewayLoadBalancer"], coalesce(known(self.vpc_endpoint_type, null), "Gateway"))

  usage {
    # GB processed by the endpoint a month.
    monthly_data_processed_gb = null
  }

  let {
    subnets    = known(self.subnet_ids, [])
    # An interface in each subnet; one is assumed while the subnets are not known.
    interfaces = max(1, length(subnets))
    gateway    = self.vpc_endpoint_type == "GatewayLoadBalancer" ? "GWLBE-" : ""
    assumption = length(subnets) == 0 ? "Assumed: one subnet; the endpoint costs this in each of its subnets." : null
  }

  component "Data processed" {
    unit     = "GB"
    quantity = usage.monthly_data_processed_gb
    price {
      service    = "AmazonVPC"
      usage_type = "VpcEndpoint-${gateway}Bytes"
      operation  = "VpcEndpoint"
    }
  }
  component "Endpoint" {
    detail   = self.vpc_endpoint_type
    unit     = "hours"
    quantity = 730 * interfaces
    note     = assumption
    price {
      service    = "AmazonVPC"
      usage_type = "VpcEndpoint-${gateway}Hours"
      operation  = "VpcEndpoint"
    }
  }

  example "an interface in two subnets" {
    self   = { vpc_endpoint_type = "Interface", subnet_ids = ["a", "b"] }
    expect = { "Data processed" = null, "Endpoint" = 1460 }
  }
  example "for a gateway load balancer" {
    self   = { vpc_endpoint_type = "GatewayLoadBalancer" }
    usage  = { monthly_data_processed_gb = 5 }
    expect = { "Data processed" = 5, "Endpoint" = 730 }
  }
  example "a gateway is free" {
    self   = {}
    expect = {}
  }
}

resource "aws_vpn_connection" {
  docs = "https://aws.amazon.com/vpn/pricing/"
  usage {
    # GB processed through the transit gateway a month.
    monthly_data_processed_gb = null
  }
  let {
    has_transit = ref("transit_gateway_id") != null || known(self.transit_gateway_id, null) != null
  }
  component "VPN connection" {
    unit     = "hours"
    quantity = 730
    price {
      service    = "AmazonVPC"
      usage_type = "VPN-Usage-Hours:ipsec.1"
      operation  = "CreateVpnConnection"
    }
  }
  component "Transit gateway attachment" {
    when     = has_transit
    unit     = "hours"
    quantity = 730
    price {
      service    = "AmazonVPC"
      usage_type = "TransitGateway-Hours"
      operation  = "TransitGatewayVPN"
    }
  }
  component "Data processed" {
    when     = has_transit
    unit     = "GB"
    quantity = usage.monthly_data_processed_gb
    price {
      service    = "AmazonVPC"
      usage_type = "TransitGateway-Bytes"
      operation  = "TransitGatewayVPN"
    }
  }
  example "to a virtual private gateway" {
    self   = { vpn_gateway_id = "vgw-1" }
    expect = { "VPN connection" = 730 }
  }
  example "to a transit gateway" {
    self   = { transit_gateway_id = "tgw-1" }
    expect = { "VPN connection" = 730, "Transit gateway attachment" = 730, "Data processed" = null }
  }
}

resource "aws_ec2_transit_gateway_vpc_attachment" {
  docs = "https://aws.amazon.com/transit-gateway/pricing/"
  usage {
    # GB processed by the attachment a month.
    monthly_data_processed_gb = null
  }
  component "Transit gateway attachment" {
    unit     = "hours"
    quantity = 730
    price {
      service    = "AmazonVPC"
      usage_type = "TransitGateway-Hours"
      operation  = "TransitGatewayVPC"
    }
  }
  component "Data processed" {
    unit     = "GB"
    quantity = usage.monthly_data_processed_gb
    price {
      service    = "AmazonVPC"
      usage_type = "TransitGateway-Bytes"
      operation  = "TransitGatewayVPC"
    }
  }
  example "an attachment" {
    self   = {}
    expect = { "Transit gateway attachment" = 730, "Data processed" = null }
  }
}

resource "aws_ec2_transit_gateway_peering_attachment" {
  docs = "https://aws.amazon.com/transit-gateway/pricing/"
  component "Transit gateway attachment" {
    unit     = "hours"
    quantity = 730
    price {
      service    = "AmazonVPC"
      usage_type = "TransitGateway-Hours"
      operation  = "TransitGatewayPeering"
    }
  }
  example "a peering" {
    self   = {}
    expect = { "Transit gateway attachment" = 730 }
  }
}
