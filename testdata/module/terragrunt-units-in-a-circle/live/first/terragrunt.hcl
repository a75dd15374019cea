include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "../../modules/server"
}

dependency "second" {
  config_path = "../second"
}

inputs = {
  note = dependency.second.outputs.address
}
