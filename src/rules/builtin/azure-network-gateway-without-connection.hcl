rule "azure-network-gateway-without-connection" {
  title    = "Network gateway without a connection"
  on       = "azurerm_virtual_network_gateway"
  severity = "note"

  let {
    connections = concat(
      referrers("azurerm_virtual_network_gateway_connection", "virtual_network_gateway_id"),
      referrers("azurerm_virtual_network_gateway_connection", "peer_virtual_network_gateway_id"),
    )
    has_clients = length(coalesce(self.vpn_client_configuration, [])) > 0
  }

  when    = length(connections) == 0 && !has_clients
  remove  = true
  message = "no connection of the plan uses this ${self.sku} gateway, and it takes no clients; it is paid for by the hour all the same"

  docs {
    what       = "A virtual network gateway, for VPN or ExpressRoute, without `vpn_client_configuration` and without a connection in the plan."
    why        = "A gateway is charged for every hour that it exists, whether a tunnel or circuit uses it or not."
    ignore     = "Where the connections are made elsewhere or are about to come. To make a gateway again takes most of an hour, and a new public address if that goes as well."
    confidence = "medium"
    effort     = "medium"
    restart    = false
    rollback   = true
    url        = "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpngateways"
  }
}
