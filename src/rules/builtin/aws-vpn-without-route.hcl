rule "aws-vpn-without-route" {
  title    = "VPN connection without a route"
  on       = "aws_vpn_connection"
  severity = "warning"

  let {
    routes      = referrers("aws_vpn_connection_route", "vpn_connection_id")
    has_transit = known(self.transit_gateway_id, null) != null || ref("transit_gateway_id") != null
  }

  when    = self.static_routes_only == true && !has_transit && length(routes) == 0
  remove  = true
  message = "this VPN connection takes its routes from the plan, and the plan has none for it: nothing can go through"

  docs {
    what       = "A VPN connection to a virtual private gateway with `static_routes_only = true` to which no route in the plan belongs."
    why        = "A VPN connection costs by the hour whether something goes through it or not. With static routes and none of them, nothing can."
    ignore     = "Where another state or a person adds the routes."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNRoutingTypes.html"
  }
}
