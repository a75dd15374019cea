# Resources without a location of their own live where their group, server, account or cluster lives.
provider "azurerm" {
  book           = "azure"
  default_region = "eastus"
  tags           = self.tags

  region = lower(replace(coalesce(
    self.location,
    ref("server_id").location,
    ref("storage_account_id").location,
    ref("key_vault_id").location,
    ref("kubernetes_cluster_id").location,
    ref("account_name").location,
    ref("server_name").location,
    ref("storage_account_name").location,
    ref("loadbalancer_id").location,
    ref("express_route_gateway_id").location,
    ref("vpn_gateway_id").location,
    ref("virtual_hub_id").location,
    ref("resource_group_name").location,
  ), " ", ""))
}
