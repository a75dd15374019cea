prices {
  books = ["prices/platform.csv", "prices/more.csv"]
}
