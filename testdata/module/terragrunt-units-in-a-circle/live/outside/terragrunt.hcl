include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "../../modules/server"
}

dependency "first" {
  config_path  = "../first"
  mock_outputs = { number = 2 }
}

inputs = {
  number = dependency.first.outputs.number
}
