resource "azurerm_log_analytics_workspace" {
  docs = "https://azure.microsoft.com/pricing/details/monitor/"

  usage {
    # Logs taken in a month, in GB, when paying as one goes.
    monthly_log_data_ingestion_gb = null
    # Logs kept longer than the free time, in GB.
    monthly_additional_log_data_retention_gb = null
    # Logs exported a month, in GB.
    monthly_log_data_export_gb = null
    # Logs taken in a month by Microsoft Sentinel, in GB.
    monthly_sentinel_data_ingestion_gb = null
    # Logs taken in a month by basic tables, in GB.
    monthly_basic_log_data_ingestion_gb = null
    # Data of basic tables searched a month, in GB.
    monthly_basic_log_search_gb = null
    # Archived logs, in GB.
    monthly_archive_data_gb = null
    # Data restored from the archive a month, in GB.
    monthly_archive_data_restored_gb = null
    # Archived data searched a month, in GB.
    monthly_archive_data_searched_gb = null
  }

  let {
    sku         = known(self.sku, "PerGB2018")
    is_reserved = sku == "CapacityReservation"
    commitment  = "${self.reservation_capacity_in_gb_per_day} GB Commitment Tier"
  }

  component "Log data ingestion" {
    when     = sku == "PerGB2018"
    unit     = "GB"
    quantity = usage.monthly_log_data_ingestion_gb
    price {
      service = "Log Analytics"
      product = "Log Analytics"
      sku     = "Analytics Logs"
      meter   = "Analytics Logs Data Ingestion"
    }
  }

  component "Log data ingestion" {
    when     = is_reserved
    unit     = "days"
    quantity = 730 / 24
    detail   = "commitment, ${self.reservation_capacity_in_gb_per_day} GB per day"
    price {
      service = "Azure Monitor"
      product = "Azure Monitor"
      sku     = commitment
      meter   = "${commitment} Capacity Reservation"
    }
  }

  component "Log data retention" {
    when     = sku != "Free"
    unit     = "GB"
    quantity = usage.monthly_additional_log_data_retention_gb
    price {
      service = "Log Analytics"
      product = "Log Analytics"
      sku     = "Analytics Logs"
      meter   = "Analytics Logs Data Retention"
    }
  }

  component "Log data export" {
    when     = sku != "Free"
    unit     = "GB"
    quantity = usage.monthly_log_data_export_gb
    price {
      service = "Azure Monitor"
      product = "Azure Monitor"
      sku     = "Log Analytics data export"
      meter   = "Log Analytics data export Data Exported"
    }
  }

  component "Sentinel data ingestion" {
    when     = sku == "PerGB2018"
    optional = true
    unit     = "GB"
    quantity = usage.monthly_sentinel_data_ingestion_gb
    price {
      service = "Sentinel"
      product = "Sentinel"
      sku     = "Pay-as-you-go"
      meter   = "Pay-as-you-go Analysis"
    }
  }

  component "Basic log data ingestion" {
    when     = sku != "Free"
    unit     = "GB"
    quantity = usage.monthly_basic_log_data_ingestion_gb
    price {
      service = "Azure Monitor"
      product = "Azure Monitor"
      sku     = "Basic Logs"
      meter   = "Basic Logs Data Ingestion"
    }
  }

  component "Basic log search queries" {
    when     = sku != "Free"
    unit     = "GB searched"
    quantity = usage.monthly_basic_log_search_gb
    price {
      service = "Azure Monitor"
      product = "Azure Monitor"
      sku     = "Search Queries"
      meter   = "Search Queries Scanned"
    }
  }

  component "Archive data" {
    when     = sku != "Free"
    unit     = "GB"
    quantity = usage.monthly_archive_data_gb
    price {
      service = "Azure Monitor"
      product = "Azure Monitor"
      sku     = "Data Archive"
      meter   = "Data Archive"
    }
  }

  component "Archive data restored" {
    when     = sku != "Free"
    unit     = "GB"
    quantity = usage.monthly_archive_data_restored_gb
    price {
      service = "Azure Monitor"
      product = "Azure Monitor"
      sku     = "Data Restore"
      meter   = "Data Restore"
    }
  }

  component "Archive data searched" {
    when     = sku != "Free"
    unit     = "GB"
    quantity = usage.monthly_archive_data_searched_gb
    price {
      service = "Azure Monitor"
      product = "Azure Monitor"
      sku     = "Search Jobs"
      meter   = "Search Jobs Scanned"
    }
  }

  example "pay as you go" {
    region = "westeurope"
    self   = { sku = "PerGB2018", retention_in_days = 30 }
    usage  = { monthly_log_data_ingestion_gb = 6.6, monthly_sentinel_data_ingestion_gb = 2 }
    expect = {
      "Log data ingestion"       = 6.6
      "Log data retention"       = null
      "Log data export"          = null
      "Sentinel data ingestion"  = 2
      "Basic log data ingestion" = null
      "Basic log search queries" = null
      "Archive data"             = null
      "Archive data restored"    = null
      "Archive data searched"    = null
    }
  }

  example "a commitment of 200 GB a day" {
    region = "westeurope"
    self   = { sku = "CapacityReservation", reservation_capacity_in_gb_per_day = 200 }
    expect = {
      "Log data ingestion"       = 30.416666666666666666666666667
      "Log data retention"       = null
      "Log data export"          = null
      "Basic log data ingestion" = null
      "Basic log search queries" = null
      "Archive data"             = null
      "Archive data restored"    = null
      "Archive data searched"    = null
    }
  }

  example "the free tier" {
    region = "westeurope"
    self   = { sku = "Free" }
    expect = {}
  }
}
