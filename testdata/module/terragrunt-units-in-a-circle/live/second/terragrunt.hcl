include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "../../modules/server"
}

dependency "third" {
  config_path = "../third"
}

inputs = {
  note = dependency.third.outputs.address
}
