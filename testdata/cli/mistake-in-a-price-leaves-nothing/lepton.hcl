discount {
  percent = "half"
}

budget "many" {
  monthly = "many"
}
