resource "azurerm_eventhub_namespace" {
  docs = "https://azure.microsoft.com/pricing/details/event-hubs/"

  usage {
    # Events taken in a month; not billed in Premium and Dedicated.
    monthly_ingress_events = null
    # Throughput or capacity units that run, on average, where the plan does not say or scaling decides.
    throughput_or_capacity_units = null
    # Whether events of a Standard namespace are captured to storage.
    capture_enabled = null
    # Events kept longer than included, in GB, in Premium and Dedicated namespaces.
    retention_storage_gb = null
  }

  let {
    tier  = self.dedicated_cluster_id != null ? "Dedicated" : self.sku
    units = coalesce(usage.throughput_or_capacity_units, known(self.capacity, null), 1)
    words = { Basic = "Throughput Unit", Standard = "Throughput Unit", Premium = "Processing Unit", Dedicated = "Capacity Unit" }
  }

  component "Ingress event" {
    when     = tier == "Basic" || tier == "Standard"
    unit     = "1M events"
    per      = 1000000
    quantity = usage.monthly_ingress_events
    detail   = tier
    price {
      service = "Event Hubs"
      product = "Event Hubs"
      sku     = tier
      meter   = "${tier} Ingress Events"
    }
  }

  component "Capacity" {
    unit     = "units"
    quantity = units
    detail   = tier
    price {
      service = "Event Hubs"
      product = "Event Hubs"
      sku     = tier
      meter   = "${tier} ${words[tier]}"
      times   = 730
    }
  }

  component "Capture" {
    when     = tier == "Standard" && usage.capture_enabled == true
    unit     = "units"
    quantity = units
    price {
      service = "Event Hubs"
      product = "Event Hubs"
      sku     = "Standard"
      meter   = "Standard Capture"
      times   = 730
    }
  }

  component "Extended retention" {
    when     = tier == "Premium" || tier == "Dedicated"
    unit     = "GB"
    quantity = usage.retention_storage_gb
    price {
      service = "Event Hubs"
      product = "Event Hubs"
      sku     = tier
      meter   = "${tier} Extended Retention"
    }
  }

  example "a captured standard namespace" {
    region = "westeurope"
    self   = { sku = "Standard", capacity = 20 }
    usage  = { monthly_ingress_events = 100000000, capture_enabled = true }
    expect = { "Ingress event" = 100000000, "Capacity" = 20, "Capture" = 20 }
  }

  example "a premium namespace" {
    region = "westeurope"
    self   = { sku = "Premium", capacity = 2 }
    expect = { "Capacity" = 2, "Extended retention" = null }
  }

  example "a basic namespace" {
    region = "westeurope"
    self   = { sku = "Basic" }
    expect = { "Ingress event" = null, "Capacity" = 1 }
  }
}

resource "azurerm_servicebus_namespace" {
  docs = "https://azure.microsoft.com/pricing/details/service-bus/"

  usage {
    # Messaging operations a month; not billed in Premium.
    monthly_messaging_operations = null
    # Connections kept by brokers at the peak of a month, in Standard.
    monthly_brokered_connections = null
  }

  component "Base charge" {
    when     = self.sku == "Standard"
    unit     = "hours"
    quantity = 730
    price {
      service = "Service Bus"
      product = "Service Bus"
      sku     = "Standard"
      meter   = "Standard Base Unit"
    }
  }

  component "Messaging operations" {
    when     = self.sku != "Premium"
    unit     = "1M operations"
    per      = 1000000
    quantity = usage.monthly_messaging_operations
    price {
      service = "Service Bus"
      product = "Service Bus"
      sku     = self.sku
      meter   = "${self.sku} Messaging Operations"
    }
  }

  component "Brokered connections" {
    when     = self.sku == "Standard"
    unit     = "connections"
    quantity = usage.monthly_brokered_connections
    price {
      service = "Service Bus"
      product = "Service Bus"
      sku     = "Standard"
      meter   = "Standard Brokered Connection"
    }
  }

  component "Messaging units" {
    when     = self.sku == "Premium"
    unit     = "units"
    quantity = coalesce(self.capacity, 1)
    price {
      service = "Service Bus"
      product = "Service Bus"
      sku     = "Premium"
      meter   = "Premium Messaging Unit"
      times   = 730
    }
  }

  example "a standard namespace" {
    region = "westeurope"
    self   = { sku = "Standard" }
    usage  = { monthly_messaging_operations = 38000000 }
    expect = { "Base charge" = 730, "Messaging operations" = 38000000, "Brokered connections" = null }
  }

  example "a premium namespace" {
    region = "westeurope"
    self   = { sku = "Premium", capacity = 4 }
    expect = { "Messaging units" = 4 }
  }

  example "a basic namespace" {
    region = "westeurope"
    self   = { sku = "Basic" }
    expect = { "Messaging operations" = null }
  }
}
