curency = "EUR"

budget "prod" {
  scop    = "module.prod.*"
  monthly = 100
}

bugdet "dev" {
  monthly = 100
}

suppress "budget-exceeded" {
  reason = "known"
}
