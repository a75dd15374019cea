resource "aws_nat_gateway" {
  usage {
    # GB processed a month.
    monthly_data_processed_gb = null
  }

  component "Data processed" {
    unit     = "GB"
    quantity = usage.monthly_data_procesed_gb
    rate {
      price    = 0.045
      currency = "USD"
      source   = "https://aws.amazon.com/vpc/pricing/"
      as_of    = "2026-07-01"
    }
  }

  example "idle" {
    self   = {}
    expect = { "Data processed" = null }
  }
}
