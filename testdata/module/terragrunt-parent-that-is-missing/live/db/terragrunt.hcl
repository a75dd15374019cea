locals {
  env = read_terragrunt_config("env.hcl", { locals = { type = "t3.small" } })
}

terraform {
  source = "../../modules/server"
}

include "common" {
  path = "../common.hcl"
}

inputs = {
  type = local.env.locals.type
}
