# Each end of a peering is a resource of its own and billed for what it sends and receives.
resource "azurerm_virtual_network_peering" {
  docs = "https://azure.microsoft.com/pricing/details/virtual-network/"

  usage {
    # Data sent and received over the peering a month, in GB.
    monthly_data_transfer_gb = null
  }

  let {
    remote    = lower(replace(ref("remote_virtual_network_id").location, " ", ""))
    is_global = remote != null && remote != region
  }

  component "Inbound data transfer" {
    when     = !is_global
    unit     = "GB"
    quantity = usage.monthly_data_transfer_gb
    detail   = "within a region"
    rate {
      price    = 0.01
      currency = "USD"
      source   = "https://azure.microsoft.com/pricing/details/virtual-network/"
      as_of    = "2024-07"
    }
  }

  component "Outbound data transfer" {
    when     = !is_global
    unit     = "GB"
    quantity = usage.monthly_data_transfer_gb
    detail   = "within a region"
    rate {
      price    = 0.01
      currency = "USD"
      source   = "https://azure.microsoft.com/pricing/details/virtual-network/"
      as_of    = "2024-07"
    }
  }

  component "Inbound data transfer" {
    when     = is_global
    unit     = "GB"
    quantity = usage.monthly_data_transfer_gb
    detail   = "between regions"
    price {
      service = "Virtual Network"
      product = "Global Virtual Network Peering"
      sku     = "Inter-Region"
      meter   = "Inter-Region Ingress"
    }
  }

  component "Outbound data transfer" {
    when     = is_global
    unit     = "GB"
    quantity = usage.monthly_data_transfer_gb
    detail   = "between regions"
    price {
      service = "Virtual Network"
      product = "Global Virtual Network Peering"
      sku     = "Inter-Region"
      meter   = "Inter-Region Egress"
    }
  }

  example "two networks of a region" {
    region = "westeurope"
    self   = { name = "peer" }
    refs   = { "remote_virtual_network_id" = { location = "West Europe" } }
    usage  = { monthly_data_transfer_gb = 570 }
    expect = { "Inbound data transfer" = 570, "Outbound data transfer" = 570 }
  }

  example "networks of two regions" {
    region = "westeurope"
    self   = { name = "peer" }
    refs   = { "remote_virtual_network_id" = { location = "Central US" } }
    expect = { "Inbound data transfer" = null, "Outbound data transfer" = null }
  }
}
