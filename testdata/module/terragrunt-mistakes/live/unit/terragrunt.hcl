terraform {
  source = "../../modules/server"
}

dependency "network" {
  config_path = "../network"
}
