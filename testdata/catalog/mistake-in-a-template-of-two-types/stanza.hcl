template "nat" {
  component "NAT gateway" {
    unit     = "hours"
    quantity = self.hours
    price {
      service    = "AmazonEC2"
      usage_type = "NatGateway-Hours"
      operation  = "NatGateway"
    }
  }
}

resource "aws_nat_gateway" {
  use "nat" {}

  example "idle" {
    self   = { subnet_id = "subnet-1" }
    expect = { "NAT gateway" = 730 }
  }
}

resource "aws_eip" {
  use "nat" {}

  example "idle" {
    self   = {}
    expect = { "NAT gateway" = 730 }
  }
}
