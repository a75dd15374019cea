rule "large-server" {
  title    = "large server"
  on       = "demo_server"
  when     = self.size == "large"
  severity = "warning"
  message  = "a large server"
}
