resource "aws_nat_gateway" {
  usage {
    # GB processed a month.
    monthly_data_processed_gb = null
  }

  component "Data processed" {
    unit     = "GB"
    quantity = usage.monthly_data_processed_gb
    when     = self.connectivity_type == "public"
    rate {
      price    = 0.045
      currency = "USD"
      source   = "https://aws.amazon.com/vpc/pricing/"
      as_of    = "2026-07-01"
    }
  }

  example "idle" {
    self   = { connectivity_type = "public" }
    expect = { "Data processed" = null }
  }
}
