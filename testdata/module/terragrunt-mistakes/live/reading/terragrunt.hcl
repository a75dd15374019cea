locals {
  one = read_terragrunt_config("../one.hcl")
}
