budget "all" {
  fail_if_unknown = true
}

budget "elsewhere" {
  scope   = "module.elsewhere.*"
  monthly = 10
}
