locals {
  two = read_terragrunt_config("two.hcl")
}
