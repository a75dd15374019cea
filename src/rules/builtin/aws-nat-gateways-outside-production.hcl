rule "aws-nat-gateways-outside-production" {
  title    = "More than one NAT gateway outside production"
  on       = "aws_nat_gateway"
  severity = "warning"

  let {
    gateways = [
      for gateway in resources.aws_nat_gateway : gateway.address
      if gateway.module == module && gateway.region == region && gateway.self.connectivity_type != "private"
    ]
    # With several networks in a module each may need its own.
    networks = [for network in resources.aws_vpc : network.address if network.module == module]
  }

  when    = production == false && length(networks) <= 1 && contains(gateways, address) && gateways[0] != address
  remove  = true
  message = "${gateways[0]} can serve the subnets of this gateway too; outside production one is mostly enough"

  docs {
    what       = "Every NAT gateway but the first of a module with at most one network, whose tags, module or project say that it is not production."
    why        = "A NAT gateway costs by the hour besides its data. One in each zone keeps the way out open when a zone fails; a test environment can route all its private subnets through one."
    ignore     = "Where the failure of a zone is tested, or where so much goes out that the data between zones costs more than a gateway."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html"
  }
}
