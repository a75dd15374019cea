unit "only" {
  source = "../../units/server"
  path   = "only"
  values = { type = values.type, notes = "none" }
}
