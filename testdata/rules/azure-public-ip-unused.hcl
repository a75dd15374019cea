case "nothing refers to it" {
  resource "azurerm_public_ip" "old" {
    location          = "westeurope"
    allocation_method = "Static"
    sku               = "Standard"
  }
  finds = { "azurerm_public_ip.old" = 730 * 0.005 }
}

case "on a gateway and on a network interface" {
  resource "azurerm_public_ip" "nat" {
    location          = "westeurope"
    allocation_method = "Static"
    sku               = "Standard"
  }
  resource "azurerm_nat_gateway_public_ip_association" "nat" {
    public_ip_address_id = azurerm_public_ip.nat.id
  }
  resource "azurerm_public_ip" "web" {
    location          = "westeurope"
    allocation_method = "Static"
    sku               = "Standard"
  }
  resource "azurerm_network_interface" "web" {
    location = "westeurope"
    ip_configuration {
      name                 = "web"
      public_ip_address_id = azurerm_public_ip.web.id
    }
  }
  finds = {}
}

case "IPv6 costs nothing" {
  resource "azurerm_public_ip" "six" {
    location          = "westeurope"
    allocation_method = "Static"
    sku               = "Standard"
    ip_version        = "IPv6"
  }
  finds = {}
}
