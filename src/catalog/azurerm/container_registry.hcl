# Storage that a registry includes, in GB.
table "container_registry_included" {
  rows = {
    Basic    = 10
    Standard = 100
    Premium  = 500
  }
}

resource "azurerm_container_registry" {
  docs = "https://azure.microsoft.com/pricing/details/container-registry/"

  usage {
    # Images stored, in GB.
    storage_gb = null
    # vCPU hours of registry tasks a month.
    monthly_build_vcpu_hrs = null
  }

  let {
    # `Classic` was the name of what became Basic.
    sku       = coalesce(self.sku, "Basic") == "Classic" ? "Basic" : coalesce(self.sku, "Basic")
    included  = table.container_registry_included[sku]
    locations = length(coalesce(self.georeplications, self.georeplication_locations, []))
  }

  component "Registry usage" {
    unit     = "days"
    quantity = 730 / 24
    detail   = sku
    price {
      service = "Container Registry"
      product = "Container Registry"
      sku     = sku
      meter   = "${sku} Registry Unit"
    }
  }

  component "Geo replication" {
    when     = locations > 0
    unit     = "days"
    quantity = 730 / 24 * locations
    detail   = locations == 1 ? "1 location" : "${locations} locations"
    price {
      service = "Container Registry"
      product = "Container Registry"
      sku     = "Premium"
      meter   = "Premium Registry Replication Unit"
    }
  }

  component "Storage" {
    unit     = "GB"
    quantity = usage.storage_gb == null ? null : max(0, usage.storage_gb - included)
    detail   = "over ${included}GB"
    price {
      service = "Container Registry"
      product = "Container Registry"
      sku     = sku
      meter   = "Data Stored"
    }
  }

  component "Build vCPU" {
    unit     = "seconds"
    quantity = usage.monthly_build_vcpu_hrs * 3600
    price {
      service = "Container Registry"
      product = "Container Registry"
      sku     = sku
      meter   = "Task vCPU Duration"
    }
  }

  example "a basic registry in use" {
    self   = { sku = "Basic" }
    usage  = { storage_gb = 200, monthly_build_vcpu_hrs = 55.5 }
    expect = { "Registry usage" = 30.416666666666666666666666667, "Storage" = 190, "Build vCPU" = 199800 }
  }

  example "a premium registry in three regions" {
    self = { sku = "Premium", georeplications = [{ location = "eastus" }, { location = "northeurope" }] }
    expect = {
      "Registry usage"  = 30.416666666666666666666666667
      "Geo replication" = 60.833333333333333333333333333
      "Storage"         = null
      "Build vCPU"      = null
    }
  }
}
