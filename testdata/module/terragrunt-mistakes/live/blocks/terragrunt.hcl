terrafrom {
  source = "../../modules/server"
}

input = {}
