template "one" {
  use "two" {}
}

template "two" {
  use "one" {}
}

resource "aws_nat_gateway" {
  use "one" {}

  example "idle" {
    self   = { subnet_id = "subnet-1" }
    expect = { "NAT gateway" = 730 }
  }
}
