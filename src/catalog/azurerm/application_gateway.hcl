# SKUs of the second generation, billed by the hour and by capacity unit.
table "application_gateway_v2" {
  rows = {
    Basic       = { name = "basic", product = "Application Gateway Basic v2", sku = "Basic" }
    Standard_v2 = { name = "basic v2", product = "Application Gateway Standard v2", sku = "Standard" }
    WAF_v2      = { name = "WAF v2", product = "Application Gateway WAF v2", sku = "Standard" }
  }
}

# SKUs of the first generation, billed by the hour and instance.
table "application_gateway_v1" {
  rows = {
    Standard_Small  = { name = "basic, small", product = "Basic Application Gateway", sku = "Small" }
    Standard_Medium = { name = "basic, medium", product = "Basic Application Gateway", sku = "Medium" }
    Standard_Large  = { name = "basic, large", product = "Basic Application Gateway", sku = "Large" }
    WAF_Medium      = { name = "WAF, medium", product = "WAF Application Gateway", sku = "Medium" }
    WAF_Large       = { name = "WAF, large", product = "WAF Application Gateway", sku = "Large" }
  }
}

resource "azurerm_application_gateway" {
  docs = "https://azure.microsoft.com/pricing/details/application-gateway/"

  usage {
    # Data that passes a first-generation gateway a month, in GB.
    monthly_data_processed_gb = null
    # Capacity unit hours a month of a second-generation gateway.
    monthly_v2_capacity_units = null
  }

  let {
    size = coalesce(self.sku[0].name, "-")
    v2   = table.application_gateway_v2[size]
    v1   = table.application_gateway_v1[size]
    # Instances that always run are billed as ten capacity units each, used or not.
    instances = coalesce(self.sku[0].capacity, self.autoscale_configuration[0].min_capacity, 0)
  }

  component "Gateway usage" {
    unit     = "hours"
    quantity = v2 != null ? 730 : 730 * coalesce(self.sku[0].capacity, 1)
    detail   = v2 != null ? v2.name : v1.name
    price {
      service = "Application Gateway"
      product = v2 != null ? v2.product : v1.product
      sku     = v2 != null ? v2.sku : v1.sku
      meter   = v2 != null ? "${v2.sku} Fixed Cost" : "${v1.sku} Gateway"
    }
  }

  component "V2 capacity units" {
    when     = v2 != null
    unit     = "CU"
    quantity = usage.monthly_v2_capacity_units != null ? usage.monthly_v2_capacity_units : (instances > 0 ? instances * 10 * 730 : null)
    detail   = size == "WAF_v2" ? "WAF" : "basic"
    price {
      service = "Application Gateway"
      product = v2.product
      sku     = v2.sku
      meter   = "${v2.sku} Capacity Units"
    }
  }

  component "Data processed" {
    when     = v1 != null
    unit     = "GB"
    quantity = usage.monthly_data_processed_gb
    price {
      service = "Application Gateway"
      product = "Basic Application Gateway"
      sku     = v1.sku
      meter   = "${v1.sku} Data Processed"
    }
  }

  example "two fixed instances" {
    region = "westeurope"
    self   = { sku = [{ name = "Standard_v2", tier = "Standard_v2", capacity = 2 }] }
    expect = { "Gateway usage" = 730, "V2 capacity units" = 14600 }
  }

  example "a scaling web application firewall" {
    region = "westeurope"
    self   = { sku = [{ name = "WAF_v2", tier = "WAF_v2" }], autoscale_configuration = [{ min_capacity = 0, max_capacity = 10 }] }
    usage  = { monthly_v2_capacity_units = 1400 }
    expect = { "Gateway usage" = 730, "V2 capacity units" = 1400 }
  }

  example "nothing says how much a scaling gateway is used" {
    region = "westeurope"
    self   = { sku = [{ name = "Standard_v2", tier = "Standard_v2" }], autoscale_configuration = [{ min_capacity = 0, max_capacity = 10 }] }
    expect = { "Gateway usage" = 730, "V2 capacity units" = null }
  }

  example "first generation" {
    region = "westeurope"
    self   = { sku = [{ name = "WAF_Medium", tier = "WAF", capacity = 2 }] }
    usage  = { monthly_data_processed_gb = 20000 }
    expect = { "Gateway usage" = 1460, "Data processed" = 20000 }
  }
}
