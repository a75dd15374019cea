# A team's own platform: its prices stand in ../prices, and never change.

provider "platform" {
  book           = "platform"
  region         = self.region
  default_region = "berlin"
  account        = self.team
}

resource "platform_database" {
  usage {
    # GB of backups.
    backup_gb = null
  }

  component "Running" {
    detail   = self.size
    unit     = "hours"
    quantity = 730
    price {
      service = "Database"
      size    = self.size
    }
  }

  component "Backups" {
    unit     = "GB"
    quantity = usage.backup_gb
    price {
      service = "Storage"
      class   = "backup"
    }
  }

  example "with backups" {
    self   = { size = "small", region = "berlin" }
    usage  = { backup_gb = 600 }
    expect = { "Running" = 730, "Backups" = 600 }
  }
}

resource "platform_queue" {
  component "Messages" {
    unit     = "1M requests"
    per      = 1000000
    quantity = self.messages
    price {
      service = "Queue"
    }
  }

  example "forty million" {
    self   = { messages = 40000000 }
    expect = { "Messages" = 40000000 }
  }
}
