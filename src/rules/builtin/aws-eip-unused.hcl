rule "aws-eip-unused" {
  title    = "Elastic IP address that nothing uses"
  on       = "aws_eip"
  severity = "warning"

  let {
    users = concat(
      referrers("aws_eip_association", "allocation_id"),
      referrers("aws_eip_association", "public_ip"),
      referrers("aws_nat_gateway", "allocation_id"),
      referrers("aws_nat_gateway", "secondary_allocation_ids"),
      referrers("aws_nat_gateway", "availability_zone_address.allocation_ids"),
      referrers("aws_lb", "subnet_mapping.allocation_id"),
      referrers("aws_alb", "subnet_mapping.allocation_id"),
      referrers("aws_redshift_cluster", "elastic_ip"),
      referrers("aws_transfer_server", "endpoint_details.address_allocation_ids"),
      referrers("kubernetes_service", "metadata.annotations"),
    )
    # Modules hand addresses over through locals, which a plan does not show: beside a gateway or an association of the
    # same module nothing is certain.
    takers = [for taker in concat(resources.aws_nat_gateway, resources.aws_eip_association) : 1 if taker.module == module]

    # Where neither is set, both are known only after apply; one of the plan is found by its reference.
    is_direct = known(self.instance, "") != "" || known(self.network_interface, "") != ""
  }

  when    = length(users) == 0 && length(takers) == 0 && !is_direct && ref("instance") == null && ref("network_interface") == null
  remove  = true
  message = "nothing in the plan uses this address, and it is charged by the hour all the same"

  docs {
    what       = "An Elastic IP address without an instance, an interface, an association, a NAT gateway or a load balancer in the plan. Beside a gateway or an association of the same module it is not judged."
    why        = "Every public IPv4 address costs the same by the hour, whether something answers there or not."
    ignore     = "Where something outside of the plan takes the address, such as a start script or another state, or where others have it on a list of trusted addresses."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html"
  }
}
