locals {
  size = read_terragrunt_config(find_in_parent_folders("size.hcl"))
}

generate "provider" {
  path      = "provider.tf"
  if_exists = "overwrite"
  contents  = "provider \"aws\" {\n  region = \"us-east-1\"\n}\n"
}

terraform {
  source = "${get_parent_terragrunt_dir()}/../modules//${basename(path_relative_to_include())}"
}

inputs = {
  type = local.size.locals.type
  note = [path_relative_from_include(), { way = path_relative_to_include() }]
}
