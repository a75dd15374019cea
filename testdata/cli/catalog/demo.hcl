# A cloud of its own, with prices that never change: what is tested here is the program, not the book.

provider "demo" {
  book           = "demo"
  region         = self.region
  default_region = "north-1"
  tags           = self.tags
}

resource "demo_network" { free = true }

resource "demo_server" {
  docs = "https://demo.example/prices"

  usage {
    # Hours that it runs a month.
    monthly_hrs = 730
    # GB that leave it a month.
    monthly_outbound_gb = null
    disk = {
      # Reads and writes a month.
      monthly_operations = null
    }
  }

  component "Running" {
    detail   = self.size
    unit     = "hours"
    quantity = usage.monthly_hrs
    rate {
      price    = lookup({ small = 0.05, large = 0.4 }, self.size, 0.1)
      currency = "USD"
      source   = "https://demo.example/prices"
      as_of    = "2026-01-01"
    }
  }

  component "Outbound traffic" {
    unit     = "GB"
    quantity = usage.monthly_outbound_gb
    rate {
      price    = 0.09
      currency = "USD"
      source   = "https://demo.example/prices"
      as_of    = "2026-01-01"
    }
  }

  part "Root disk" {
    component "Space" {
      unit     = "GB"
      quantity = coalesce(self.disk_gb, 8)
      note     = self.disk_gb == null ? "Assumed: a root disk of 8 GB, as the plan states none." : null
      rate {
        price    = 0.1
        currency = "USD"
        source   = "https://demo.example/prices"
        as_of    = "2026-01-01"
      }
    }

    component "Operations" {
      unit     = "1M operations"
      per      = 1000000
      quantity = usage.disk.monthly_operations
      rate {
        price    = 0.0000004
        currency = "USD"
        source   = "https://demo.example/prices"
        as_of    = "2026-01-01"
      }
    }
  }

  example "with a size" {
    self   = { size = "small", region = "north-1" }
    expect = { "Running" = 730, "Outbound traffic" = null, "Root disk/Space" = 8, "Root disk/Operations" = null }
  }
}

resource "demo_disk" {
  component "Space" {
    unit     = "GB"
    quantity = self.size_gb
    rate {
      price    = 0.1
      currency = "USD"
      source   = "https://demo.example/prices"
      as_of    = "2026-01-01"
    }
  }

  example "of 100 GB" {
    self   = { size_gb = 100 }
    expect = { "Space" = 100 }
  }
}

resource "demo_queue" {
  usage {
    # Messages a month.
    monthly_messages = null
  }

  component "Messages" {
    unit     = "1M messages"
    per      = 1000000
    quantity = usage.monthly_messages
    rate {
      price    = 0.0000005
      currency = "USD"
      source   = "https://demo.example/prices"
      as_of    = "2026-01-01"
    }
  }

  example "of unknown use" {
    self   = { name = "jobs" }
    expect = { "Messages" = null }
  }
}

resource "demo_license" {
  component "Seats" {
    unit     = "seats"
    quantity = self.seats
    price {
      service = "DemoLicences"
      item    = self.edition
    }
  }

  example "of an edition" {
    self   = { seats = 5, edition = "gold" }
    expect = { "Seats" = 5 }
  }
}
