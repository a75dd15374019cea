resource "aws_nat_gateway" {
  component "NAT gateway" {
    unit     = "hours"
    quantity = 730
    price {
      service    = "AmazonEC2"
      usage_type = "NatGateway-Hours"
      operation  = "NatGateway"
    }
    rate {
      price    = 0.045
      currency = "USD"
      source   = "https://aws.amazon.com/vpc/pricing/"
      as_of    = "2026-07-01"
    }
  }

  example "idle" {
    self   = { subnet_id = "subnet-1" }
    expect = { "NAT gateway" = 730 }
  }
}
