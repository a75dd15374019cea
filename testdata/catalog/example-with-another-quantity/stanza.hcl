resource "aws_nat_gateway" {
  component "NAT gateway" {
    unit     = "hours"
    quantity = 730
    rate {
      price    = 0.045
      currency = "USD"
      source   = "https://aws.amazon.com/vpc/pricing/"
      as_of    = "2026-07-01"
    }
  }

  example "wrong figure" {
    self   = {}
    expect = { "NAT gateway" = 720 }
  }

  example "wrong label" {
    self   = {}
    expect = { "NAT" = 730 }
  }
}
