# SKUs as a plan and as the price list call them.
table "search_service" {
  rows = {
    basic                = "Basic"
    standard             = "Standard S1"
    standard2            = "Standard S2"
    standard3            = "Standard S3"
    storage_optimized_l1 = "Storage Optimized L1"
    storage_optimized_l2 = "Storage Optimized L2"
  }
}

resource "azurerm_search_service" {
  docs = "https://azure.microsoft.com/pricing/details/search/"
  free = lower(self.sku) == "free"

  usage {
    # Images extracted from documents a month.
    monthly_images_extracted = null
  }

  let {
    sku   = table.search_service[lower(self.sku)]
    units = known(self.replica_count, 1) * known(self.partition_count, 1)
  }

  component "Search usage" {
    unit     = "hours"
    quantity = 730 * units
    detail   = "${sku}, ${units} ${units == 1 ? "unit" : "units"}"
    price {
      service = "Azure Cognitive Search"
      product = "Azure AI Search"
      sku     = sku
      meter   = "${sku} Unit"
    }
  }

  component "Image extraction" {
    unit     = "1000 images"
    per      = 1000
    quantity = usage.monthly_images_extracted
    price {
      service = "Azure Cognitive Search"
      product = "Azure AI Search"
      sku     = "Document Cracking"
      meter   = "Document Cracking Image Extraction"
    }
  }

  example "two replicas of two partitions" {
    region = "westeurope"
    self   = { sku = "basic", replica_count = 2, partition_count = 2 }
    usage  = { monthly_images_extracted = 2000000 }
    expect = { "Search usage" = 2920, "Image extraction" = 2000000 }
  }

  example "storage optimized" {
    region = "westeurope"
    self   = { sku = "storage_optimized_l1" }
    expect = { "Search usage" = 730, "Image extraction" = null }
  }

  example "the free tier" {
    region = "westeurope"
    self   = { sku = "free" }
    expect = {}
  }
}
