site "rack" {
  country   = "DE"
  latitude  = 50.1
  longitude = 8.7
  capacity  = { vcpu = 4, memory_gb = 16 }
  rate      = { vcpu_hour = 0.01, memory_gb_hour = 0.001 }
}

placement {
  providers = ["google"]
}
