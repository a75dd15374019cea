rule "aws-transit-gateway-for-two-networks" {
  title    = "Transit gateway that joins only two networks"
  on       = "aws_ec2_transit_gateway_vpc_attachment"
  severity = "note"

  let {
    attachments = resources.aws_ec2_transit_gateway_vpc_attachment
    # What else a transit gateway may join: offices, regions, other accounts.
    others = concat(
      [for vpn in resources.aws_vpn_connection : vpn if vpn.self.vpn_gateway_id == null],
      resources.aws_ec2_transit_gateway_peering_attachment,
      resources.aws_ec2_transit_gateway_connect,
      resources.aws_dx_gateway_association,
      resources.aws_ram_resource_association,
    )
    gateway = ref("transit_gateway_id", "aws_ec2_transit_gateway")
  }

  when    = gateway != null && length(attachments) <= 2 && length(others) == 0
  remove  = true
  message = "the transit gateway joins ${length(attachments)} network${length(attachments) == 1 ? "" : "s"}; a peering connection between two has no price by the hour"

  docs {
    what       = "An attachment to a transit gateway of the same plan that has at most two attachments of networks, no VPN, no peering, no Direct Connect, and is not shared with other accounts."
    why        = "Each attachment costs by the hour, and each GB that goes through is charged. A peering connection of two networks has no price by the hour, and within a zone none by the GB."
    ignore     = "Where more networks will be joined soon, or other states attach theirs."
    confidence = "medium"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/vpc/latest/peering/what-is-vpc-peering.html"
  }
}
