variable "name" { type = string }
variable "index" { type = number }
variable "location" { type = string }
variable "tags" { type = map(string) }
variable "hub" {
  type = object({ id = string, name = string, resource_group_name = string })
}
variable "machines" {
  type = object({ count = number, size = string, disk_gb = number })
}
variable "database" {
  type    = object({ sku = string, storage_mb = number })
  default = null
}

locals {
  space = cidrsubnet("10.0.0.0/8", 8, var.index)
}

resource "azurerm_resource_group" "this" {
  name     = "rg-${var.name}"
  location = var.location
  tags     = var.tags
}
resource "azurerm_virtual_network" "this" {
  name                = "vnet-${var.name}"
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  address_space       = [local.space]
}
resource "azurerm_subnet" "this" {
  name                 = "machines"
  resource_group_name  = azurerm_resource_group.this.name
  virtual_network_name = azurerm_virtual_network.this.name
  address_prefixes     = [cidrsubnet(local.space, 8, 0)]
}
resource "azurerm_virtual_network_peering" "to_hub" {
  name                      = "to-${var.hub.name}"
  resource_group_name       = azurerm_resource_group.this.name
  virtual_network_name      = azurerm_virtual_network.this.name
  remote_virtual_network_id = var.hub.id
}
resource "azurerm_network_interface" "this" {
  count               = var.machines.count
  name                = format("nic-%s-%02d", var.name, count.index + 1)
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  ip_configuration {
    name                          = "main"
    subnet_id                     = azurerm_subnet.this.id
    private_ip_address_allocation = "Static"
    private_ip_address            = cidrhost(azurerm_subnet.this.address_prefixes[0], count.index + 10)
  }
}
resource "azurerm_linux_virtual_machine" "this" {
  count                 = var.machines.count
  name                  = format("vm-%s-%02d", var.name, count.index + 1)
  resource_group_name   = azurerm_resource_group.this.name
  location              = azurerm_resource_group.this.location
  size                  = var.machines.size
  admin_username        = "azure"
  network_interface_ids = [azurerm_network_interface.this[count.index].id]
  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
    disk_size_gb         = 64
  }
}
resource "azurerm_managed_disk" "data" {
  count                = var.machines.count
  name                 = format("disk-%s-%02d", var.name, count.index + 1)
  resource_group_name  = azurerm_resource_group.this.name
  location             = azurerm_resource_group.this.location
  storage_account_type = "Premium_LRS"
  create_option        = "Empty"
  disk_size_gb         = var.machines.disk_gb
}
resource "azurerm_postgresql_flexible_server" "this" {
  count               = var.database[*] == [] ? 0 : 1
  name                = "psql-${var.name}"
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  sku_name            = var.database.sku
  storage_mb          = var.database.storage_mb
  version             = "16"
}

output "addresses" { value = azurerm_network_interface.this[*].ip_configuration[0].private_ip_address }
