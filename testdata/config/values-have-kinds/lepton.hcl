fail_on = "fatal"

budget "prod" {
  scope       = 5
  monthly     = "many"
  max_percent = -10
  severity    = "bad"
}

budget "nothing" {
  scope = "module.prod"
}

suppress "budget-*" {
  reason = "known"
  until  = "2026-02-30"
}

discount {
  percent = 120
}

exchange "USD" {
  rate   = 0
  as_of  = "today"
  source = "a bank"
}
