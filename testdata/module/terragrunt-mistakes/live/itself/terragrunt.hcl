include "itself" {
  path = "terragrunt.hcl"
}
