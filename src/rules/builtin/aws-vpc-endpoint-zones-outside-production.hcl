rule "aws-vpc-endpoint-zones-outside-production" {
  title    = "Interface endpoint in several zones outside production"
  on       = "aws_vpc_endpoint"
  severity = "warning"

  let {
    subnets = coalesce(known(self.subnet_ids, null), [])
  }

  when    = production == false && self.vpc_endpoint_type == "Interface" && length(subnets) > 1
  instead = { subnet_ids = [subnets[0]] }
  message = "this interface endpoint outside production is in ${length(subnets)} subnets and costs by the hour in each of them"

  docs {
    what       = "An interface endpoint with more than one subnet whose tags, module or project say that it is not production."
    why        = "An interface endpoint costs by the hour in each availability zone. One interface serves the whole network; the others only keep it reachable when a zone fails."
    ignore     = "Where the failure of a zone is tested, or where so much goes through the endpoint that the data between zones costs more."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html"
  }
}
