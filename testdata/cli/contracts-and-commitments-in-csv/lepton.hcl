prices {
  books = ["../overlays/prices/platform.csv", "../overlays/prices/more.csv"]
}

discount {
  provider = "platform"
  percent  = 10
}

# 500 of 730 hours at 60% of the list price, the rest at 90% of it.
commitment "platform" {
  kind    = "reserved"
  service = "Database"
  meter   = "large"
  term    = "3y"
  payment = "all"
  hours   = 500
  percent = 40
}
