resource "aws_nat_gateway" {
  component "NAT gateway" {
    unit     = "hours"
    quantity = 730
    unpriced = "prices of gateways"
    price {
      service    = "AmazonEC2"
      usage_type = "NatGateway-Hours"
      operation  = "NatGateway"
    }
  }

  example "idle" {
    self   = { subnet_id = "subnet-1" }
    expect = { "NAT gateway" = 730 }
  }
}
