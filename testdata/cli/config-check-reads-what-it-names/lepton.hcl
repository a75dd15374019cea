currency = "EUR"
rates    = "rates.csv"

prices {
  books = ["../overlays/prices/platform.csv", "none.csv"]
}
