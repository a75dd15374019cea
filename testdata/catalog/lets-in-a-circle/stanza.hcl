resource "aws_nat_gateway" {
  let {
    a = b + 1
    b = a + 1
  }

  component "NAT gateway" {
    unit     = "hours"
    quantity = a
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
