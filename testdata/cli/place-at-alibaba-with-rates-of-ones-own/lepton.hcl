exchange "CNY" {
  rate   = 0.1405
  as_of  = "2026-11-27"
  source = "the reference rate of our bank"
}
placement {
  providers = ["alibaba"]
  max_loss  = "review"
}
