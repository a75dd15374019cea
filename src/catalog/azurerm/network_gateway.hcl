# Gateways for ExpressRoute, by the SKU's name in a plan.
table "express_route_gateway" {
  rows = {
    Standard         = { product = "ExpressRoute Standard Gateway", sku = "Standard" }
    HighPerformance  = { product = "ExpressRoute High Performance Gateway", sku = "High Performance" }
    UltraPerformance = { product = "ExpressRoute Ultra High Performance Gateway", sku = "Ultra High Performance" }
    ErGw1AZ          = { product = "ExpressRoute Gateway", sku = "ErGw1AZ" }
    ErGw2AZ          = { product = "ExpressRoute Gateway", sku = "ErGw2AZ" }
    ErGw3AZ          = { product = "ExpressRoute Gateway", sku = "ErGw3AZ" }
  }
}

resource "azurerm_virtual_network_gateway" {
  docs = "https://azure.microsoft.com/pricing/details/vpn-gateway/"

  usage {
    # Point-to-site tunnels; the first 128 are included.
    p2s_connection = null
    # Data to other virtual networks a month, in GB.
    monthly_data_transfer_gb = null
  }

  let {
    is_vpn  = coalesce(self.type, "Vpn") == "Vpn"
    express = table.express_route_gateway[self.sku]
    tunnels = length([for each_connection in referrers("azurerm_virtual_network_gateway_connection", "virtual_network_gateway_id") : each_connection if each_connection.type == "IPsec"])
  }

  component "VPN gateway" {
    when     = is_vpn
    unit     = "hours"
    quantity = 730
    detail   = self.sku
    price {
      service = "VPN Gateway"
      product = "VPN Gateway"
      sku     = self.sku
      meter   = self.sku == "Basic" ? "Basic Gateway" : self.sku
    }
  }

  component "ExpressRoute gateway" {
    when     = !is_vpn
    unit     = "hours"
    quantity = 730
    detail   = self.sku
    price {
      service = "ExpressRoute"
      product = express.product
      sku     = express.sku
      meter   = "${express.sku} Gateway"
    }
  }

  component "VPN gateway S2S tunnels" {
    when     = is_vpn && self.sku != "Basic" && tunnels > 10
    unit     = "hours"
    quantity = 730 * (tunnels - 10)
    detail   = "over 10"
    price {
      service = "VPN Gateway"
      product = "VPN Gateway"
      sku     = trimsuffix(self.sku, "AZ")
      meter   = "S2S Connection"
    }
  }

  component "VPN gateway P2S tunnels" {
    when     = is_vpn && self.sku != "Basic"
    unit     = "tunnel"
    quantity = usage.p2s_connection == null ? null : max(0, usage.p2s_connection - 128)
    detail   = "over 128"
    price {
      service = "VPN Gateway"
      product = "VPN Gateway"
      sku     = trimsuffix(self.sku, "AZ")
      meter   = "P2S Connection"
      times   = 730
    }
  }

  component "VPN gateway data transfer" {
    when     = is_vpn
    unit     = "GB"
    quantity = usage.monthly_data_transfer_gb
    price {
      service = "VPN Gateway"
      product = "VPN Gateway Bandwidth"
      sku     = "Inter-Virtual Network"
      meter   = "Inter-Virtual Network Data Transfer Out"
    }
  }

  example "a VPN gateway in use" {
    self   = { type = "Vpn", sku = "VpnGw1" }
    usage  = { p2s_connection = 131, monthly_data_transfer_gb = 570 }
    expect = { "VPN gateway" = 730, "VPN gateway P2S tunnels" = 3, "VPN gateway data transfer" = 570 }
  }

  example "twelve tunnels" {
    self = { type = "Vpn", sku = "VpnGw2AZ" }
    referrers = {
      "azurerm_virtual_network_gateway_connection.virtual_network_gateway_id" = [
        { type = "IPsec" }, { type = "IPsec" }, { type = "IPsec" }, { type = "IPsec" }, { type = "IPsec" }, { type = "IPsec" },
        { type = "IPsec" }, { type = "IPsec" }, { type = "IPsec" }, { type = "IPsec" }, { type = "IPsec" }, { type = "IPsec" },
        { type = "Vnet2Vnet" },
      ]
    }
    expect = {
      "VPN gateway"               = 730
      "VPN gateway S2S tunnels"   = 1460
      "VPN gateway P2S tunnels"   = null
      "VPN gateway data transfer" = null
    }
  }

  example "a basic gateway" {
    self   = { type = "Vpn", sku = "Basic" }
    expect = { "VPN gateway" = 730, "VPN gateway data transfer" = null }
  }

  example "an ExpressRoute gateway" {
    self   = { type = "ExpressRoute", sku = "ErGw1AZ" }
    expect = { "ExpressRoute gateway" = 730 }
  }
}

# The first ten tunnels of a gateway are included; further ones are billed with the gateway.
resource "azurerm_virtual_network_gateway_connection" { free = true }
