resource "azurerm_api_management" {
  docs = "https://azure.microsoft.com/pricing/details/api-management/"

  usage {
    # Calls a month, in the consumption tier.
    monthly_api_calls = null
    # Gateways hosted elsewhere, in the premium tier.
    self_hosted_gateway_count = null
  }

  let {
    # `Premium_4` is four units of Premium, `StandardV2_1` one of Standard v2.
    name           = split("_", self.sku_name)[0]
    tier           = replace(name, "V2", " v2")
    is_consumption = tier == "Consumption"
  }

  component "API management" {
    when     = !is_consumption
    unit     = "units"
    quantity = tonumber(split("_", self.sku_name)[1])
    detail   = lower(tier)
    price {
      service = "API Management"
      product = "API Management"
      sku     = tier
      meter   = "${tier} Unit"
      times   = 730
    }
  }

  component "API management" {
    when     = is_consumption
    unit     = "1M calls"
    per      = 1000000
    quantity = usage.monthly_api_calls
    detail   = "consumption"
    price {
      service = "API Management"
      product = "API Management"
      sku     = "Consumption"
      meter   = "Consumption Calls"
    }
  }

  component "Self hosted gateway" {
    when     = tier == "Premium"
    unit     = "gateways"
    quantity = usage.self_hosted_gateway_count
    price {
      service = "API Management"
      product = "API Management"
      sku     = "Gateway"
      meter   = "Gateway Unit"
      times   = 730
    }
  }

  example "four premium units" {
    region = "westeurope"
    self   = { sku_name = "Premium_4" }
    expect = { "API management" = 4, "Self hosted gateway" = null }
  }

  example "consumption" {
    region = "westeurope"
    self   = { sku_name = "Consumption_0" }
    usage  = { monthly_api_calls = 5710000 }
    expect = { "API management" = 5710000 }
  }

  example "a newer tier" {
    region = "westeurope"
    self   = { sku_name = "StandardV2_1" }
    expect = { "API management" = 1 }
  }
}
