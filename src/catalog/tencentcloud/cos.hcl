resource "tencentcloud_cos_bucket" {
  docs = "https://buy.cloud.tencent.com/price/cos"

  usage {
    # What is kept in the standard class; several zones have a price of their own.
    standard = {
      # GB stored on average.
      storage_gb = null
      # Reads and writes a month.
      monthly_requests = null
      # GB a month to the internet.
      monthly_outbound_gb = null
    }
    standard_ia = {
      # GB stored on average in the infrequent-access class.
      storage_gb = null
      # GB a month read back from it.
      monthly_retrieved_gb = null
    }
    archive = {
      # GB stored on average in the archive class.
      storage_gb = null
    }
  }

  let {
    class = known(self.multi_az, false) ? "MAZ_STANDARD" : "STANDARD"
  }

  component "Storage" {
    detail   = class
    unit     = "GB"
    quantity = usage.standard.storage_gb
    price {
      service       = "cos"
      item          = "storage"
      storage_class = class
    }
  }

  component "Requests" {
    unit     = "10k requests"
    per      = 10000
    quantity = usage.standard.monthly_requests
    price {
      service       = "cos"
      item          = "request"
      storage_class = class
    }
  }

  component "Outbound traffic" {
    unit     = "GB"
    quantity = usage.standard.monthly_outbound_gb
    price {
      service       = "cos"
      item          = "traffic"
      storage_class = class
    }
  }

  component "Infrequent-access storage" {
    unit     = "GB"
    quantity = usage.standard_ia.storage_gb
    optional = true
    price {
      service       = "cos"
      item          = "storage"
      storage_class = "STANDARD_IA"
    }
  }

  component "Infrequent-access retrieval" {
    unit     = "GB"
    quantity = usage.standard_ia.monthly_retrieved_gb
    optional = true
    price {
      service       = "cos"
      item          = "retrieval"
      storage_class = "STANDARD_IA"
    }
  }

  component "Archive storage" {
    unit     = "GB"
    quantity = usage.archive.storage_gb
    optional = true
    price {
      service       = "cos"
      item          = "storage"
      storage_class = "ARCHIVE"
    }
  }

  example "a bucket" {
    self   = { bucket = "logs-1258798060" }
    expect = { "Storage" = null, "Requests" = null, "Outbound traffic" = null }
  }
  example "classes" {
    self  = { bucket = "logs-1258798060" }
    usage = {
      standard    = { storage_gb = 100, monthly_requests = 50000, monthly_outbound_gb = 10 }
      standard_ia = { storage_gb = 200, monthly_retrieved_gb = 5 }
      archive     = { storage_gb = 1000 }
    }
    expect = {
      "Storage"                     = 100
      "Requests"                    = 50000
      "Outbound traffic"            = 10
      "Infrequent-access storage"   = 200
      "Infrequent-access retrieval" = 5
      "Archive storage"             = 1000
    }
  }
  example "in several zones" {
    self   = { bucket = "logs-1258798060", multi_az = true }
    usage  = { standard = { storage_gb = 100 } }
    expect = { "Storage" = 100, "Requests" = null, "Outbound traffic" = null }
  }
}
