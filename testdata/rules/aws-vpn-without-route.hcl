case "static, without routes" {
  resource "aws_vpn_connection" "office" {
    customer_gateway_id = "cgw-1"
    vpn_gateway_id      = "vgw-1"
    type                = "ipsec.1"
    static_routes_only  = true
  }
  finds = { "aws_vpn_connection.office" = 730 * 0.05 }
}

case "a route" {
  resource "aws_vpn_connection" "office" {
    customer_gateway_id = "cgw-1"
    vpn_gateway_id      = "vgw-1"
    type                = "ipsec.1"
    static_routes_only  = true
  }
  resource "aws_vpn_connection_route" "office" {
    destination_cidr_block = "192.168.10.0/24"
    vpn_connection_id      = aws_vpn_connection.office.id
  }
  finds = {}
}

case "routes come by BGP" {
  resource "aws_vpn_connection" "office" {
    customer_gateway_id = "cgw-1"
    vpn_gateway_id      = "vgw-1"
    type                = "ipsec.1"
  }
  finds = {}
}

case "a transit gateway has routes of its own" {
  resource "aws_vpn_connection" "office" {
    customer_gateway_id = "cgw-1"
    transit_gateway_id  = "tgw-1"
    type                = "ipsec.1"
    static_routes_only  = true
  }
  finds = {}
}
