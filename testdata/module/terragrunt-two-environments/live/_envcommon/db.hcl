locals {
  env_vars = read_terragrunt_config(find_in_parent_folders("env.hcl"))
  env      = local.env_vars.locals.env
}

terraform {
  source = "${dirname(find_in_parent_folders("root.hcl"))}/../modules//db"
}

dependency "vpc" {
  config_path = "../vpc"

  mock_outputs = {
    vpc_id     = "vpc-00000000"
    subnet_ids = ["subnet-00000000"]
  }
  mock_outputs_allowed_terraform_commands = ["validate", "plan"]
}

inputs = {
  name       = "db-${local.env}"
  subnet_ids = dependency.vpc.outputs.subnet_ids
  class      = "db.t3.medium"
  storage_gb = 20
}
