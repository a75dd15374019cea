currency = "Euro"

discount {
  provider = "aws"
  regoin   = "eu-west-1"
  percent  = -5
}

discount {
  account = "123"
  percent = 5
}

discount {
  account = "123"
  percent = 6
}

contract {
  service    = "AmazonEC2"
  unit_price = 0.1
  currency   = "USD"
  as_of      = "2026-01-01"
  source     = "an offer"
  tier {
    from       = 10
    unit_price = 0.05
  }
}

contract {
  meter    = "BoxUsage:m5.large"
  currency = "dollar"
  as_of    = "2026-01-01"
}

contract {
  meter    = "BoxUsage:m5.xlarge"
  currency = "USD"
  as_of    = "2026-01-01"
  source   = "an offer"
  tier {
    from       = 5
    unit_price = 0.05
  }
  tier {
    from       = 5
    unit_price = 0.04
  }
}

prices {
  books        = 5
  max_age_days = 1.5
}
