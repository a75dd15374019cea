rule "large-server" {
  title    = "large server"
  on       = "demo_server"
  when     = self.size == "large"
  instead  = { size = "small" }
  severity = "warning"
  message  = "a small one would do"
}

rule "roomy-root-disk" {
  title    = "root disk of more than 50 GB"
  on       = "demo_server"
  when     = self.disk_gb != null && self.disk_gb > 50
  instead  = { disk_gb = 50 }
  severity = "warning"
  message  = "nobody needs ${self.disk_gb} GB"
}

rule "always-on" {
  title    = "server without a schedule"
  on       = "demo_server"
  when     = self.schedule == null
  instead  = { schedule = "office-hours" }
  severity = "warning"
  always   = true
  message  = "it runs at night"
}

rule "old-disk" {
  title    = "disk"
  on       = "demo_disk"
  when     = try(self.layout[0].copies, 1) > 1
  instead  = { layout = [{ copies = 1, kind = "plain" }] }
  severity = "warning"
  always   = true
  message  = "one copy will do"
}
