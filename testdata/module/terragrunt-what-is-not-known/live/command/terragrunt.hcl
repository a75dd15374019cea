include "root" {
  path = find_in_parent_folders("root.hcl")
}

locals {
  type = run_cmd("--terragrunt-quiet", "./type.sh")
  team = get_env("LEPTON_TEST_TEAM_THAT_IS_NOT_SET")
}

terraform {
  source = "../../modules/server"
}

inputs = {
  type   = local.type
  number = 2
  note   = "${get_aws_account_id()} ${sops_decrypt_file("secrets.json")} ${local.team}"
}
