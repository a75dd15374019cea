prices {
  books = ["prices/platform.csv", "prices/more.csv"]
}

commitment "platform" {
  kind    = "reserved"
  service = "Database"
  meter   = "large"
  term    = "3y"
  payment = "all"
  hours   = 500
  percent = 40
}

# Covers what the first leaves.
commitment "platform" {
  kind     = "savings-plan"
  service  = "Database"
  term     = "1y"
  payment  = "no-upfront"
  coverage = 70
  percent  = 20
}

commitment "platform" {
  kind       = "committed-use"
  service    = "Queue"
  on         = "platform_queue.*"
  coverage   = 50
  unit_price = 0.0000002
}
