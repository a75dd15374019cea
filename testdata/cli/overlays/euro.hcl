currency = "EUR"
rates    = "rates/eurofxref.csv"

prices {
  books        = ["prices/platform.csv", "prices/more.csv"]
  max_age_days = 365
}
