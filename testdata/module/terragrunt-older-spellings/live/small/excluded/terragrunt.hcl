include "root" {
  path = find_in_parent_folders()
}

feature "run" {
  default = false
}

exclude {
  if      = !feature.run.value
  actions = ["plan", "apply"]
}

terraform {
  source = "../../../modules/server"
}
