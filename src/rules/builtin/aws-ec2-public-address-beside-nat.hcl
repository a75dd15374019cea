rule "aws-ec2-public-address-beside-nat" {
  title    = "Public address of an instance beside a NAT gateway"
  on       = "aws_instance"
  severity = "note"

  let {
    gateways = [for gateway in resources.aws_nat_gateway : gateway if gateway.self.connectivity_type != "private"]
  }

  when    = self.associate_public_ip_address == true && length(gateways) > 0
  instead = { associate_public_ip_address = false }
  message = "this instance has a public IPv4 address of its own, although a NAT gateway is there for the way out"

  docs {
    what       = "An instance with `associate_public_ip_address = true` in a plan that has a public NAT gateway."
    why        = "Every public IPv4 address costs by the hour. From a private subnet an instance reaches the internet through the NAT gateway that is paid for anyway, and it is reached through a load balancer or Session Manager."
    ignore     = "Where the instance is itself reached from the internet, as a bastion or a gateway is, or sends so much that the price of the data through NAT is above that of the address."
    confidence = "medium"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html"
  }
}
