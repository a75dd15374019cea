rule "azure-public-ip-unused" {
  title    = "Public address that nothing in the plan uses"
  on       = "azurerm_public_ip"
  severity = "note"

  let {
    users = concat(
      referrers("azurerm_network_interface", "ip_configuration.public_ip_address_id"),
      referrers("azurerm_lb", "frontend_ip_configuration.public_ip_address_id"),
      referrers("azurerm_application_gateway", "frontend_ip_configuration.public_ip_address_id"),
      referrers("azurerm_nat_gateway_public_ip_association", "public_ip_address_id"),
      referrers("azurerm_bastion_host", "ip_configuration.public_ip_address_id"),
      referrers("azurerm_firewall", "ip_configuration.public_ip_address_id"),
      referrers("azurerm_firewall", "management_ip_configuration.public_ip_address_id"),
      referrers("azurerm_virtual_network_gateway", "ip_configuration.public_ip_address_id"),
      referrers("azurerm_route_server", "public_ip_address_id"),
      referrers("azurerm_api_management", "public_ip_address_id"),
      referrers("azurerm_api_management", "additional_location.public_ip_address_id"),
      referrers("azurerm_kubernetes_cluster", "network_profile.load_balancer_profile.outbound_ip_address_ids"),
      # A controller of Kubernetes takes the address by these, or for a name in DNS.
      referrers("kubernetes_service", "spec.load_balancer_ip"),
      referrers("kubernetes_service_v1", "spec.load_balancer_ip"),
      referrers("helm_release", "values"),
      referrers("helm_release", "set.value"),
      referrers("azurerm_dns_a_record", "records"),
      referrers("azurerm_dns_a_record", "target_resource_id"),
    )
  }

  when    = length(users) == 0
  remove  = true
  message = "nothing in the plan uses this public address; it is paid for by the hour all the same"

  docs {
    what       = "A public address to which no network interface, load balancer, gateway, firewall, cluster or record in the plan refers."
    why        = "A static address of the Standard SKU is charged for every hour that it is reserved, attached or not."
    ignore     = "Where something outside of the plan uses it: another state, a script, a controller of Kubernetes. An address that is given back is gone: a new one is another."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://azure.microsoft.com/pricing/details/ip-addresses/"
  }
}
