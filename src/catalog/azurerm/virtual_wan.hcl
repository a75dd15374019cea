resource "azurerm_vpn_gateway" {
  docs = "https://azure.microsoft.com/pricing/details/virtual-wan/"

  component "S2S scale units" {
    unit     = "scale units"
    quantity = coalesce(self.scale_unit, 1)
    detail   = "500 Mbps"
    price {
      service = "Virtual WAN"
      product = "Virtual WAN"
      sku     = "VPN S2S Scale Unit"
      meter   = "VPN S2S Scale Unit"
      times   = 730
    }
  }

  example "two scale units" {
    self   = { scale_unit = 2 }
    expect = { "S2S scale units" = 2 }
  }
}

resource "azurerm_express_route_gateway" {
  docs = "https://azure.microsoft.com/pricing/details/virtual-wan/"

  component "ER scale units" {
    unit     = "scale units"
    quantity = self.scale_units
    detail   = "2 Gbps"
    price {
      service = "Virtual WAN"
      product = "Virtual WAN"
      sku     = "ExpressRoute Scale Unit"
      meter   = "ExpressRoute Scale Unit"
      times   = 730
    }
  }

  example "one scale unit" {
    self   = { scale_units = 1 }
    expect = { "ER scale units" = 1 }
  }
}

# A basic hub costs nothing; a standard one costs by the hour and by what it routes.
resource "azurerm_virtual_hub" {
  docs = "https://azure.microsoft.com/pricing/details/virtual-wan/"
  free = known(self.sku, "Standard") == "Basic"

  usage {
    # Data that the hub routes a month, in GB.
    monthly_data_processed_gb = null
  }

  component "Deployment" {
    unit     = "hours"
    quantity = 730
    price {
      service = "Virtual WAN"
      product = "Virtual WAN"
      sku     = "Standard Hub"
      meter   = "Standard Hub Unit"
    }
  }

  component "Data processed" {
    unit     = "GB"
    quantity = usage.monthly_data_processed_gb
    price {
      service = "Virtual WAN"
      product = "Virtual WAN"
      sku     = "Standard Hub"
      meter   = "Standard Hub Data Processed"
    }
  }

  example "a standard hub" {
    region = "westeurope"
    self   = { sku = "Standard" }
    usage  = { monthly_data_processed_gb = 1000 }
    expect = { "Deployment" = 730, "Data processed" = 1000 }
  }

  example "a basic hub" {
    region = "westeurope"
    self   = { sku = "Basic" }
    expect = {}
  }
}

resource "azurerm_express_route_connection" {
  docs = "https://azure.microsoft.com/pricing/details/virtual-wan/"

  component "ER Connections" {
    unit     = "hours"
    quantity = 730
    price {
      service = "Virtual WAN"
      product = "Virtual WAN"
      sku     = "ExpressRoute Connection Unit"
      meter   = "ExpressRoute Connection Unit"
    }
  }

  example "a connection" {
    region = "westeurope"
    self   = { name = "line" }
    expect = { "ER Connections" = 730 }
  }
}

resource "azurerm_vpn_gateway_connection" {
  docs = "https://azure.microsoft.com/pricing/details/virtual-wan/"

  component "S2S Connections" {
    unit     = "hours"
    quantity = 730
    price {
      service = "Virtual WAN"
      product = "Virtual WAN"
      sku     = "VPN S2S Connection Unit"
      meter   = "VPN S2S Connection Unit"
    }
  }

  example "a connection" {
    region = "westeurope"
    self   = { name = "branch" }
    expect = { "S2S Connections" = 730 }
  }
}
