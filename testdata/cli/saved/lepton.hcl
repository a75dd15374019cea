rule "small-first" {
  title    = "server that could be small"
  on       = "demo_server"
  when     = self.size == "large"
  instead  = { size = "small" }
  severity = "warning"
  message  = "try a small one"
}
