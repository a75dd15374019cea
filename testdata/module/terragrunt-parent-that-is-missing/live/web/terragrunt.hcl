include "common" {
  path = "../common.hcl"
}

terraform {
  source = "../../modules/servers"
}
