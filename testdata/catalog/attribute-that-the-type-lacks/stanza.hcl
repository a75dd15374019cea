resource "aws_nat_gateway" {
  component "NAT gateway" {
    unit     = "hours"
    quantity = self.conectivity_type == "public" ? 730 : self.availability_zone_address[0].zone
    rate {
      price    = 0.045
      currency = "USD"
      source   = "https://aws.amazon.com/vpc/pricing/"
      as_of    = "2026-07-01"
    }
  }

  example "public" {
    self   = { conectivity_type = "public" }
    expect = { "NAT gateway" = 730 }
  }
}
