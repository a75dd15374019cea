resource "aws_nat_gateway" {
  component "NAT gateway" {
    unit     = "hours"
    quantity = 730
    unpriced = true
  }

  example "idle" {
    self   = { subnet_id = "subnet-1" }
    expect = { "NAT gateway" = 730 }
  }
}
