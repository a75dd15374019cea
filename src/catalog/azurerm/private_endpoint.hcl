resource "azurerm_private_endpoint" {
  docs = "https://azure.microsoft.com/pricing/details/private-link/"

  usage {
    # Data into the endpoint a month, in GB.
    monthly_inbound_data_processed_gb = null
    # Data out of the endpoint a month, in GB.
    monthly_outbound_data_processed_gb = null
  }

  component "Private endpoint" {
    unit     = "hours"
    quantity = 730
    price {
      service = "Virtual Network"
      product = "Virtual Network Private Link"
      sku     = "Standard"
      meter   = "Standard Private Endpoint"
    }
  }

  component "Inbound data processed" {
    unit     = "GB"
    quantity = usage.monthly_inbound_data_processed_gb
    price {
      service = "Virtual Network"
      product = "Virtual Network Private Link"
      sku     = "Standard"
      meter   = "Standard Data Processed - Ingress"
    }
  }

  component "Outbound data processed" {
    unit     = "GB"
    quantity = usage.monthly_outbound_data_processed_gb
    price {
      service = "Virtual Network"
      product = "Virtual Network Private Link"
      sku     = "Standard"
      meter   = "Standard Data Processed - Egress"
    }
  }

  example "an endpoint in use" {
    self   = { subnet_id = "subnet" }
    usage  = { monthly_inbound_data_processed_gb = 100 }
    expect = { "Private endpoint" = 730, "Inbound data processed" = 100, "Outbound data processed" = null }
  }
}
