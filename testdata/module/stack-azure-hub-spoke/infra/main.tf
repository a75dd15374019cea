terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

locals {
  settings = yamldecode(file("${path.module}/spokes.yaml"))
  location = local.settings.location
  spokes   = { for spoke in local.settings.spokes : spoke.name => spoke }
  tags     = merge(local.settings.tags, { managed = "terraform" })
}

resource "azurerm_resource_group" "hub" {
  name     = "rg-hub"
  location = local.location
  tags     = local.tags
}

resource "azurerm_virtual_network" "hub" {
  name                = "vnet-hub"
  resource_group_name = azurerm_resource_group.hub.name
  location            = azurerm_resource_group.hub.location
  address_space       = ["10.0.0.0/16"]
}
resource "azurerm_subnet" "hub" {
  for_each             = { AzureFirewallSubnet = 0, GatewaySubnet = 1, AzureBastionSubnet = 2 }
  name                 = each.key
  resource_group_name  = azurerm_resource_group.hub.name
  virtual_network_name = azurerm_virtual_network.hub.name
  address_prefixes     = [cidrsubnet(one(azurerm_virtual_network.hub.address_space), 8, each.value)]
}
resource "azurerm_public_ip" "hub" {
  for_each            = toset(["firewall", "gateway", "bastion"])
  name                = "pip-${each.key}"
  resource_group_name = azurerm_resource_group.hub.name
  location            = azurerm_resource_group.hub.location
  allocation_method   = "Static"
  sku                 = "Standard"
}
resource "azurerm_firewall" "hub" {
  name                = "afw-hub"
  resource_group_name = azurerm_resource_group.hub.name
  location            = azurerm_resource_group.hub.location
  sku_name            = "AZFW_VNet"
  sku_tier            = local.settings.firewall_tier
  ip_configuration {
    name                 = "main"
    subnet_id            = azurerm_subnet.hub["AzureFirewallSubnet"].id
    public_ip_address_id = azurerm_public_ip.hub["firewall"].id
  }
}
resource "azurerm_virtual_network_gateway" "hub" {
  name                = "vgw-hub"
  resource_group_name = azurerm_resource_group.hub.name
  location            = azurerm_resource_group.hub.location
  type                = "Vpn"
  sku                 = "VpnGw1AZ"
  ip_configuration {
    subnet_id            = azurerm_subnet.hub["GatewaySubnet"].id
    public_ip_address_id = azurerm_public_ip.hub["gateway"].id
  }
}
resource "azurerm_log_analytics_workspace" "hub" {
  name                = "log-hub"
  resource_group_name = azurerm_resource_group.hub.name
  location            = azurerm_resource_group.hub.location
  sku                 = "PerGB2018"
}

module "spoke" {
  source   = "./modules/spoke"
  for_each = local.spokes

  name     = each.key
  index    = index(keys(local.spokes), each.key) + 1
  location = local.location
  machines = each.value.machines
  database = try(each.value.database, null)
  hub      = azurerm_virtual_network.hub
  tags     = local.tags
}

output "spokes" { value = { for name, spoke in module.spoke : name => spoke.addresses } }
