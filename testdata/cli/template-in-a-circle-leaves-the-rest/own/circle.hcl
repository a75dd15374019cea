template "one" {
  use "other" {}
}

template "other" {
  use "one" {}
}

resource "demo_server" {
  use "one" {}
}
