currency = "CHF"
rates    = "../overlays/rates/own.csv"

prices {
  books = ["../overlays/prices/platform.csv", "../overlays/prices/more.csv"]
}
