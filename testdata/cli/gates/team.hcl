# Budgets, rules and suppressions of a team, over the plans beside it.

budget "web" {
  scope       = "module.web.*"
  monthly     = 250
  message     = "ask in the channel of the web team"
}

budget "growth" {
  max_increase = 200
  max_percent  = 75
}

rule "large-server" {
  title    = "large server"
  on       = "demo_server"
  when     = self.size == "large"
  instead  = { size = "small" }
  severity = "warning"
  message  = "a large server costs ${money(monthly)} a month"
}

rule "servers-carry-a-team" {
  title    = "server without a team"
  on       = "demo_server"
  when     = !contains(keys(tags), "team")
  severity = "note"
  message  = "no tag says which team pays for it"
}

suppress "large-server" {
  on     = "demo_server.grows"
  reason = "the load test runs until spring"
  until  = "2026-04-01"
  by     = "platform"
}

suppress "servers-carry-a-team" {
  on     = "demo_server.same"
  reason = "it moves to the web team"
  until  = "2025-06-30"
}

suppress "large-server" {
  on     = "demo_server.gone"
  reason = "it is gone soon"
  until  = "2026-12-31"
}
