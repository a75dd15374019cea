include "root" {
  path = find_in_parent_folders()
}

skip = true

terraform {
  source = "../../../modules/server"
}
