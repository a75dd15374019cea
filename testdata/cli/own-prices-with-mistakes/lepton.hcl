prices {
  books = ["sheet.csv", "table.csv", "ec2.csv", "missing.csv"]
}
