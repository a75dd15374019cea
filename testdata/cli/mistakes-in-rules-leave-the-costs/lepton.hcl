budget "all" {
  monthly = 1
}

budget "many" {
  monthly = "many"
}

rule "large" {
  on      = "demo_server"
  when    = slef.size == "large"
  message = "large"
}
