resource "azurerm_public_ip" {
  docs = "https://azure.microsoft.com/pricing/details/ip-addresses/"
  # IPv6 addresses are not billed.
  free = self.ip_version == "IPv6"

  let {
    # Provider 4 made Standard the default; a plan states what the provider chose.
    sku        = coalesce(self.sku, "Standard")
    is_global  = self.sku_tier == "Global"
    allocation = coalesce(self.allocation_method, "Static")
  }

  component "IP address" {
    unit     = "hours"
    quantity = 730
    detail   = "${lower(allocation)}, ${is_global ? "global" : "regional"}"
    price {
      service = "Virtual Network"
      product = "IP Addresses"
      sku     = is_global ? "Global" : sku
      meter   = is_global ? "Global IPv4 Static Public IP" : "${sku} IPv4 ${sku == "Standard" ? "Static" : allocation} Public IP"
    }
  }

  example "a standard address" {
    self   = { allocation_method = "Static", sku = "Standard" }
    expect = { "IP address" = 730 }
  }

  example "a basic, dynamic address" {
    self   = { allocation_method = "Dynamic", sku = "Basic" }
    expect = { "IP address" = 730 }
  }

  example "a global address" {
    self   = { allocation_method = "Static", sku = "Standard", sku_tier = "Global" }
    expect = { "IP address" = 730 }
  }

  example "IPv6 is free" {
    self   = { allocation_method = "Static", sku = "Standard", ip_version = "IPv6" }
    expect = {}
  }
}

resource "azurerm_public_ip_prefix" {
  docs = "https://azure.microsoft.com/pricing/details/ip-addresses/"
  free = self.ip_version == "IPv6"

  let {
    # The provider's default is a prefix of 16 addresses.
    addresses = pow(2, 32 - coalesce(self.prefix_length, 28))
    is_global = self.sku_tier == "Global"
  }

  # Every address of the prefix is billed, in use or not.
  component "IP prefix" {
    unit     = "hours"
    quantity = 730 * addresses
    detail   = "${addresses} addresses"
    price {
      service = "Virtual Network"
      product = "Public IP Prefix"
      sku     = is_global ? "Global" : "Standard"
      meter   = is_global ? "Global Static Public IP" : "Standard Static IP Addresses"
    }
  }

  example "four addresses" {
    self   = { prefix_length = 30 }
    expect = { "IP prefix" = 2920 }
  }
}
