prices {
  books = ["prices/platform.csv", "prices/more.csv"]
}

# Everything of the platform.
discount {
  provider = "platform"
  percent  = 10
}

# Names more: the service.
discount {
  service = "Storage"
  percent = 50
}

# Names a region and an account, which count less than a meter.
discount {
  region  = "ber*"
  account = "login"
  percent = 20
}

contract {
  service    = "Database"
  meter      = "large"
  region     = "paris"
  account    = "shop"
  unit_price = 0.3
  unit       = "Hrs"
  currency   = "USD"
  as_of      = "2025-12-01"
  source     = "offer 4711"
}
