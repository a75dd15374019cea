include "root" {
  path = find_in_parent_folders()
}

terraform {
  source = "../../../modules/server"

  extra_arguments "more" {
    commands  = ["plan"]
    arguments = ["-var", "number=3", "-lock=false"]
    env_vars  = { TF_VAR_type = "t3.large" }
  }
}

dependency "skipped" {
  config_path = "../skipped"
}

inputs = {
  note = dependency.skipped.outputs.number
}
