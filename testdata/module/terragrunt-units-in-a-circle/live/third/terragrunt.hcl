include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "../../modules/server"
}

dependency "first" {
  config_path = "../first"
}

inputs = {
  note = dependency.first.outputs.address
}
