table "exoscale_instance_type" {
  csv = "instance_types.csv"
  key = "type"
}

resource "exoscale_compute_instance" {
  docs = "https://www.exoscale.com/pricing/"

  usage {
    # Hours a month that the instance runs.
    monthly_hrs = 730
  }

  component "Instance usage" {
    detail   = self.type
    unit     = "hours"
    quantity = usage.monthly_hrs
    note     = "With 1.42 GB of outbound traffic for each hour."
    price {
      service = "instance"
      type    = self.type
    }
  }

  component "Local storage" {
    unit     = "GB"
    quantity = known(self.disk_size, 50)
    note     = "At the price of block storage: the list has no other, and does not say whether a type's least disk is in its price."
    price {
      service = "storage"
      item    = "block"
    }
  }

  example "an instance" {
    self   = { name = "web", zone = "de-fra-1", type = "standard.medium", disk_size = 20 }
    region = "de-fra-1"
    expect = { "Instance usage" = 730, "Local storage" = 20 }
  }
}

resource "exoscale_block_storage_volume" {
  docs = "https://www.exoscale.com/pricing/"

  component "Storage" {
    unit     = "GB"
    quantity = self.size
    price {
      service = "storage"
      item    = "block"
    }
  }

  example "a volume" {
    self   = { name = "data", zone = "at-vie-1", size = 100 }
    region = "at-vie-1"
    expect = { "Storage" = 100 }
  }
}
