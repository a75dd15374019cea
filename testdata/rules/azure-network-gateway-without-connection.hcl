case "a VPN gateway that nothing uses" {
  resource "azurerm_virtual_network_gateway" "vpn" {
    location = "eastus"
    type     = "Vpn"
    sku      = "VpnGw1AZ"
  }
  usage = { "azurerm_virtual_network_gateway.vpn" = { p2s_connection = 0, monthly_data_transfer_gb = 0 } }
  finds = { "azurerm_virtual_network_gateway.vpn" = 730 * 0.21 }
}

case "one for ExpressRoute" {
  resource "azurerm_virtual_network_gateway" "circuit" {
    location = "westeurope"
    type     = "ExpressRoute"
    sku      = "ErGw1AZ"
  }
  finds = { "azurerm_virtual_network_gateway.circuit" = 730 * 0.361 }
}

case "with a tunnel, and with clients" {
  resource "azurerm_virtual_network_gateway" "vpn" {
    location = "westeurope"
    type     = "Vpn"
    sku      = "VpnGw1AZ"
  }
  resource "azurerm_virtual_network_gateway_connection" "office" {
    location                   = "westeurope"
    type                       = "IPsec"
    virtual_network_gateway_id = azurerm_virtual_network_gateway.vpn.id
  }
  resource "azurerm_virtual_network_gateway" "clients" {
    location = "westeurope"
    type     = "Vpn"
    sku      = "VpnGw1AZ"
    vpn_client_configuration {
      address_space = ["10.2.0.0/24"]
    }
  }
  finds = {}
}
