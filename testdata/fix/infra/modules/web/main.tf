variable "size" {}

resource "demo_server" "front" {
  size = var.size
  schedule = "none"
}
