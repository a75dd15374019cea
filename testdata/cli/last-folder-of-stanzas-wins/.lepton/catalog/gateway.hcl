resource "aws_nat_gateway" {
  component "Contract price" {
    unit     = "months"
    quantity = 1
    rate {
      price    = 20
      currency = "USD"
      source   = "https://demo.example/contract"
      as_of    = "2026-01-01"
    }
  }

  example "any" {
    self   = {}
    expect = { "Contract price" = 1 }
  }
}
