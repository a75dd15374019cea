# The price book has what worked examples of the documents say: Standard storage with local redundancy, and requests.
resource "alicloud_oss_bucket" {
  docs = "https://www.alibabacloud.com/product/oss/pricing"

  usage {
    # GB stored on average.
    storage_gb = null
    # Requests a month.
    monthly_requests = null
    # GB a month to the internet.
    monthly_outbound_gb = null
  }

  let {
    class      = known(self.storage_class, "Standard")
    redundancy = known(self.redundancy_type, "LRS")
  }

  component "Storage" {
    detail   = "${class}, ${redundancy}"
    unit     = "GB"
    quantity = usage.storage_gb
    price {
      service         = "oss"
      item            = "storage"
      storage_class   = class
      redundancy_type = redundancy
    }
  }

  component "Requests" {
    unit     = "10k requests"
    per      = 10000
    quantity = usage.monthly_requests
    price {
      service         = "oss"
      item            = "request"
      storage_class   = class
      redundancy_type = redundancy
    }
  }

  component "Outbound traffic" {
    unit     = "GB"
    quantity = usage.monthly_outbound_gb
    optional = true
    unpriced = "traffic prices of OSS"
  }

  example "a bucket" {
    self   = { bucket = "logs" }
    expect = { "Storage" = null, "Requests" = null }
  }
  example "a bucket with its figures" {
    self   = { bucket = "logs", storage_class = "Standard", redundancy_type = "LRS" }
    usage  = { storage_gb = 1024, monthly_requests = 100000, monthly_outbound_gb = 10 }
    expect = { "Storage" = 1024, "Requests" = 100000, "Outbound traffic" = 10 }
  }
}
