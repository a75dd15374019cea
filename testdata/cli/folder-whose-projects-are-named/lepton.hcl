project "shop of the north" {
  path      = "infra/shop"
  var_files = ["env/dev.tfvars"]
  variables = { size = "t3.small" }
  workspace = "north"
}

project "workers" {
  path      = "infra/modules/unused"
  variables = { size = "m5.large" }
}

instances "aws_instance.worker" {
  count = 4
}
