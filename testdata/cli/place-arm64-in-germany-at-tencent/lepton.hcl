exchange "CNY" {
  rate   = 0.14
  as_of  = "2026-11-01"
  source = "a test"
}

placement {
  providers = ["tencent"]
  regions   = ["tencent/eu-frankfurt", "tencent/ap-guangzhou"]
  countries = ["DE"]
}

workload "aws_instance.web" {
  arch = "arm64"
}

pin "aws_instance.web" {
  provider = "tencent"
}
