site "berlin" {
  capacity = { vcpu = 8, memory_gb = 64 }
}
