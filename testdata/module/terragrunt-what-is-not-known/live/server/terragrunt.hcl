include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "../../modules/server"
}

dependency "vpc" {
  config_path = "../git"

  mock_outputs = {
    zones = ["a", "b", "c"]
  }
}

dependency "registry" {
  config_path = "../registry"

  mock_outputs = {
    type = "m5.large"
  }
  mock_outputs_allowed_terraform_commands = ["validate"]
}

inputs = {
  number = length(dependency.vpc.outputs.zones)
  type   = dependency.registry.outputs.type
  note   = dependency.vpc.outputs.name
}
