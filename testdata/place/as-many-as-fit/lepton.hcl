site "rack" {
  country   = "DE"
  latitude  = 50.1
  longitude = 8.7
  capacity  = { vcpu = 6, memory_gb = 64 }
  rate      = { vcpu_hour = 0.05, memory_gb_hour = 0.001 }
}

placement {
  providers         = ["azure", "google", "hetzner"]
  forbidden_regions = ["azure/germanywestcentral"]
}

apart "pair" {
  on = ["aws_instance.a", "aws_instance.b"]
}
