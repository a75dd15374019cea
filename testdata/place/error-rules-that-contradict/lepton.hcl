placement {
  forbidden_operators = ["US"]
}

site "berlin" {
  country  = "DE"
  capacity = { vcpu = 4, memory_gb = 64 }
  rate     = { vcpu_hour = 0.011, memory_gb_hour = 0.0014 }
}

pin "aws_instance.app" {
  site = "berlin"
}

pin "aws_instance.cache" {
  site = "berlin"
}
