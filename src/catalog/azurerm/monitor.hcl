resource "azurerm_application_insights" {
  docs = "https://azure.microsoft.com/pricing/details/monitor/"

  usage {
    # Data taken in a month, in GB.
    monthly_data_ingested_gb = null
  }

  # Data of a component lies in a workspace, at the workspace's price.
  component "Data ingested" {
    unit     = "GB"
    quantity = usage.monthly_data_ingested_gb
    price {
      service = "Log Analytics"
      product = "Log Analytics"
      sku     = "Analytics Logs"
      meter   = "Analytics Logs Data Ingestion"
    }
  }

  # The first 90 days are included; a month's data then lies there for the months beyond.
  component "Data retention" {
    when     = known(self.retention_in_days, 90) > 90
    unit     = "GB"
    quantity = usage.monthly_data_ingested_gb * (known(self.retention_in_days, 90) - 90) / 30
    detail   = "${self.retention_in_days} days"
    price {
      service = "Application Insights"
      product = "Application Insights"
      sku     = "Enterprise"
      meter   = "Data Retention"
    }
  }

  example "data kept for four months" {
    region = "westeurope"
    self   = { application_type = "web", retention_in_days = 120 }
    usage  = { monthly_data_ingested_gb = 1000 }
    expect = { "Data ingested" = 1000, "Data retention" = 1000 }
  }

  example "kept for the included time" {
    region = "westeurope"
    self   = { application_type = "web" }
    expect = { "Data ingested" = null }
  }
}

resource "azurerm_monitor_diagnostic_setting" {
  docs = "https://azure.microsoft.com/pricing/details/monitor/"

  usage {
    # Platform logs sent to storage, event hubs or partners a month, in GB; to a workspace they are free.
    monthly_platform_log_gb = null
  }

  component "Platform logs processed" {
    unit     = "GB"
    quantity = usage.monthly_platform_log_gb
    price {
      service = "Azure Monitor"
      product = "Azure Monitor"
      sku     = "Platform Logs"
      meter   = "Platform Logs Data Processed"
    }
  }

  example "logs to storage" {
    region = "westeurope"
    self   = { name = "logs" }
    usage  = { monthly_platform_log_gb = 61 }
    expect = { "Platform logs processed" = 61 }
  }
}
