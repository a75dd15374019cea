locals {
  type = "m5.large"
}

unit "web" {
  source = "../units/server"
  path   = "web"
  values = {
    type  = local.type
    notes = "none"
  }
}

unit "worker" {
  source = "../units/server"
  path   = "jobs/worker"
  values = {
    type  = "t3.micro"
    notes = "../../web"
  }
}

stack "more" {
  source = "../stacks/pair"
  path   = "pair"
  values = { type = "t3.small" }
}

unit "far" {
  source = "github.com/example/catalog//units/far?ref=v1"
  path   = "far"
}
