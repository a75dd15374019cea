project "prod" {
  var_files = [1]
  variables = "size"
}

project "prod" {
  path      = ["infra"]
  workspace = true
  varfiles  = ["prod.tfvars"]
}

project "" {
  path      = "infra/dev"
  variables = { size = small }
}

instances "aws_instance.web" {
  count = 1.5
}

instances "aws_instance.*" {
  count = -1
}

instances "module.*" {}
