traffic {
  from = "internet"
  to   = "aws_instance.web"
  gb   = 100
}

traffic {
  from = "aws_instance.web"
  to   = "aws_db_instance.main"
}

path "aws" {
  kind = "vpn"
}

path "aws" "gogle" {
  kind = "cable"
}

path "aws" "azure" {
  kind     = "interconnect"
  gb_price = 0
}

path "azure" "aws" {
  gb_price = -0.02
}

path "google" "google" {}
