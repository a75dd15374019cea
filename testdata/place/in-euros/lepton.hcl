currency = "EUR"

exchange "USD" {
  rate   = 0.9
  as_of  = "2026-10-01"
  source = "the bank of the case"
}

placement {
  providers = ["google"]
}
