resource "azurerm_firewall" {
  docs = "https://azure.microsoft.com/pricing/details/azure-firewall/"

  usage {
    # Data that passes the firewall a month, in GB.
    monthly_data_processed_gb = null
  }

  let {
    tier   = known(self.sku_tier, "Standard")
    is_hub = known(self.sku_name, length(coalesce(self.virtual_hub, [])) > 0 ? "AZFW_Hub" : "AZFW_VNet") == "AZFW_Hub"
    # The price list calls the standard hub "Secure" and the others "Secured".
    sku = is_hub ? (tier == "Standard" ? "Standard Secure Virtual Hub" : "${tier} Secured Virtual Hub") : tier
  }

  component "Deployment" {
    unit     = "hours"
    quantity = 730
    detail   = sku
    price {
      service = "Azure Firewall"
      product = "Azure Firewall"
      sku     = sku
      meter   = "${sku} Deployment"
    }
  }

  component "Data processed" {
    unit     = "GB"
    quantity = usage.monthly_data_processed_gb
    price {
      service = "Azure Firewall"
      product = "Azure Firewall"
      sku     = sku
      meter   = "${sku} Data Processed"
    }
  }

  example "a standard firewall in a network" {
    self   = { sku_name = "AZFW_VNet", sku_tier = "Standard" }
    expect = { "Deployment" = 730, "Data processed" = null }
  }

  example "a premium firewall in a hub" {
    self   = { sku_name = "AZFW_Hub", sku_tier = "Premium" }
    usage  = { monthly_data_processed_gb = 100000 }
    expect = { "Deployment" = 730, "Data processed" = 100000 }
  }

  example "a standard firewall in a hub" {
    self   = { sku_name = "AZFW_Hub", sku_tier = "Standard" }
    expect = { "Deployment" = 730, "Data processed" = null }
  }
}
