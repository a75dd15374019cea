rule "cost-a-gigabyte" {
  title   = "server that is dear for its disk"
  on      = "demo_server"
  when    = monthly / (self.disk_gb - 20) > 100
  message = "more than 100 a gigabyte"
}
