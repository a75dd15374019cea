resource "azurerm_nat_gateway" {
  docs = "https://azure.microsoft.com/pricing/details/azure-nat-gateway/"

  usage {
    # Data that passes the gateway a month, in GB.
    monthly_data_processed_gb = null
  }

  component "NAT gateway" {
    unit     = "hours"
    quantity = 730
    price {
      service = "NAT Gateway"
      product = "NAT Gateway"
      sku     = "Standard"
      meter   = "Standard Gateway"
    }
  }

  component "Data processed" {
    unit     = "GB"
    quantity = usage.monthly_data_processed_gb
    price {
      service = "NAT Gateway"
      product = "NAT Gateway"
      sku     = "Standard"
      meter   = "Standard Data Processed"
    }
  }

  example "idle gateway" {
    self   = { sku_name = "Standard" }
    expect = { "NAT gateway" = 730, "Data processed" = null }
  }

  example "busy gateway" {
    self   = { sku_name = "Standard" }
    usage  = { monthly_data_processed_gb = 444 }
    expect = { "NAT gateway" = 730, "Data processed" = 444 }
  }
}
