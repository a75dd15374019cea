provider "azurerm" {
  book           = "azure"
  default_region = "eastus"
  tags           = self.tags

  region = lower(replace(coalesce(
    known(self.location, null),
    known(ref("server_id").location, null),
    known(ref("storage_account_id").location, null),
    known(ref("key_vault_id").location, null),
    known(ref("kubernetes_cluster_id").location, null),
    known(ref("account_name").location, null),
    known(ref("server_name").location, null),
    known(ref("storage_account_name").location, null),
    known(ref("loadbalancer_id").location, null),
    known(ref("express_route_gateway_id").location, null),
    known(ref("vpn_gateway_id").location, null),
    known(ref("virtual_hub_id").location, null),
    known(ref("target_resource_id").location, null),
    known(ref("virtual_network_name").location, null),
    known(ref("network_interface_ids").location, null),
    known(ref("virtual_machine_id").location, null),
    known(ref("resource_group_name").location, null),
  ), " ", ""))

  # A configuration of the provider speaks to one subscription.
  one_account = true

  account = try(regex("^/subscriptions/([^/]+)", known(self.id, null))[0], null)

  configured_account = self.subscription_id
}
