resource "aws_nat_gateway" {
  component "NAT gateway" {
    unit     = "hours"
    quantity = 730
    price {
      service    = "AmazonEC2"
      usage_type = "NatGateway-Hour"
      operation  = "NatGateway"
    }
  }

  component "Data processed" {
    unit     = "GB"
    quantity = 1
    price {
      service    = "AmazonEC3"
      usage_type = "NatGateway-Bytes"
    }
  }

  example "public" {
    self   = {}
    expect = { "NAT gateway" = 730, "Data processed" = 1 }
  }
}
