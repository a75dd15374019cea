prices {
  books = ["../overlays/prices/platform.csv", "../overlays/prices/more.csv", "../overlays/prices/reserved.csv"]
}

# The large one is in Paris, which the list of reservations lacks.
commitment "platform" {
  kind     = "reserved"
  service  = "Database"
  term     = "1y"
  payment  = "all"
  coverage = 100
  list     = "Database reserved"
  key      = { term = "1y" }
}
