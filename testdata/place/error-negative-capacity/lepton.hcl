site "berlin" {
  capacity = { vcpu = -8, memory_gb = 64 }
  rate     = { vcpu_hour = 0.011, memory_gb_hour = 0.0014 }
}
