terraform {
  source = "../../modules/server"
}

inputs = {
  note = path_relative_to_included()
}
