prices {
  books = ["../overlays/prices/platform.csv", "../overlays/prices/more.csv"]
}

# One database of one account: of its hours 270 have no use.
commitment "platform" {
  kind       = "reserved"
  meter      = "small"
  region     = "berlin"
  account    = "login"
  hours      = 1000
  unit_price = 0.06
}

# A budget goes by the cost on demand: 480, and not by what is effective.
budget "all" {
  monthly = 470
}
