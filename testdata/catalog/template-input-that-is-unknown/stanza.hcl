template "nat" {
  input "hours" { type = number }

  component "NAT gateway" {
    unit     = "hours"
    quantity = hours
    price {
      service    = "AmazonEC2"
      usage_type = "NatGateway-Hours"
      operation  = "NatGateway"
    }
  }
}

resource "aws_nat_gateway" {
  use "nat" {
    hrs = 730
  }

  example "idle" {
    self   = { subnet_id = "subnet-1" }
    expect = { "NAT gateway" = 730 }
  }
}
