resource "demo_server" "store" {
  size = "large"
}
