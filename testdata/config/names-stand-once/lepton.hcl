budget "prod" {
  monthly = 1
}

budget "prod" {
  monthly = 2
}

budget {
  monthly = 3
}
