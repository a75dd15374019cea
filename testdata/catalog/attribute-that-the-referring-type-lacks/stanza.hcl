resource "aws_eip" {
  component "Idle address" {
    unit     = "hours"
    quantity = 730
    when     = length(referrers("aws_eip_association", "alocation_id")) == 0
    rate {
      price    = 0.005
      currency = "USD"
      source   = "https://aws.amazon.com/vpc/pricing/"
      as_of    = "2026-07-01"
    }
  }

  example "alone" {
    self   = {}
    expect = { "Idle address" = 730 }
  }
}
