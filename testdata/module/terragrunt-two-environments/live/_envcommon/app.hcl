terraform {
  source = "${dirname(find_in_parent_folders("root.hcl"))}/../modules//app"

  extra_arguments "sizes" {
    commands           = get_terraform_commands_that_need_vars()
    optional_var_files = ["${get_terragrunt_dir()}/sizes.tfvars"]
  }
}

dependency "vpc" {
  config_path = "../vpc"
  mock_outputs = {
    subnet_ids = ["subnet-00000000"]
  }
}

dependency "db" {
  config_path = "../db"
  mock_outputs = {
    endpoint = "mock.local:5432"
  }
}

inputs = {
  subnet_ids = dependency.vpc.outputs.subnet_ids
  database   = dependency.db.outputs.endpoint
  replicas   = dependency.db.outputs.multi_az ? 2 : 1
}
