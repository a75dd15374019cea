resource "aws_nat_gateway" {
  usage {
    traffic {
      gb = null
    }
  }

  component "NAT gateway" {
    unit     = "hours"
    quantity = usage.traffic.gb
    price {
      service    = "AmazonEC2"
      usage_type = "NatGateway-Hours"
      operation  = "NatGateway"
    }
  }

  example "idle" {
    self   = { subnet_id = "subnet-1" }
    expect = { "NAT gateway" = null }
  }
}
