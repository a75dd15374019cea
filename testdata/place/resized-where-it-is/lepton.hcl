placement {
  providers = []
}

workload "aws_instance.web" {
  p95_cpu    = 0.1
  p95_memory = 0.1
}
