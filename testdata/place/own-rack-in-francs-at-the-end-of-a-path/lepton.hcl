exchange "CHF" {
  rate   = 1.25
  as_of  = "2026-10-01"
  source = "the bank of the case"
}

site "zurich" {
  country   = "CH"
  latitude  = 47.4
  longitude = 8.5
  capacity  = { vcpu = 4, memory_gb = 16 }
  rate      = { vcpu_hour = 0.01, memory_gb_hour = 0.001, egress_gb = 0.01 }
  currency  = "CHF"
}

placement {
  providers = []
}

path "aws" "zurich" {
  kind     = "interconnect"
  gb_price = 0.02
  monthly  = 10
}

pin "aws_instance.cache" {
  provider = "aws"
}

traffic {
  from    = "aws_instance.app"
  to      = "aws_instance.cache"
  gb      = 100
  back_gb = 200
}

traffic {
  from = "aws_instance.app"
  to   = "internet"
  gb   = 1000
}
