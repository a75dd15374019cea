rule "aws-nat-without-gateway-endpoint" {
  title    = "Traffic to S3 or DynamoDB through a NAT gateway"
  on       = "aws_nat_gateway"
  severity = "warning"

  let {
    gateways = [
      for gateway in resources.aws_nat_gateway : gateway.address
      if gateway.module == module && gateway.region == region && gateway.self.connectivity_type != "private"
    ]
    # A service that is known only after apply may be any.
    services = [
      for endpoint in resources.aws_vpc_endpoint : known(endpoint.self.service_name, "any")
      if endpoint.region == region && coalesce(known(endpoint.self.vpc_endpoint_type, "Gateway"), "Gateway") == "Gateway"
    ]
    lacks_s3       = length([for name in services : name if endswith(name, ".s3") || name == "any"]) == 0
    lacks_dynamodb = length([for name in services : name if endswith(name, ".dynamodb") || name == "any"]) == 0
    uses_dynamodb  = length(resources.aws_dynamodb_table) > 0
    lacking        = lacks_s3 && uses_dynamodb && lacks_dynamodb ? "S3 and DynamoDB" : (lacks_s3 ? "S3" : "DynamoDB")
  }

  # Once a module, at its first gateway.
  when    = gateways[0] == address && (lacks_s3 || (uses_dynamodb && lacks_dynamodb))
  message = "what goes to ${lacking} is charged by this gateway; a gateway endpoint carries it without charge"

  docs {
    what       = "A public NAT gateway in a plan without a gateway endpoint for S3 in the region, or without one for DynamoDB where the plan has a table."
    why        = "A NAT gateway charges for each GB, of images, packages, backups and logs that go to S3 too. A gateway endpoint has no price at all, neither by the hour nor by the GB."
    ignore     = "Where another state makes the endpoint, or nothing in the private subnets uses S3. The endpoint has to be added to the route tables of these subnets; its policy should allow the buckets in use."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html"
  }
}
