placement {
  max_rtt_ms      = 0
  max_providers   = 1.5
  max_moves       = 0
  minimum_percent = 120
  minimum_saving  = -20
  max_loss        = "fatal"
  scale           = "performance"
  spot            = "yes"
}

workload "module.batch.*" {
  p95_cpu        = 20
  p95_memory     = -0.1
  hours          = 800
  replicas       = 0
  arch           = "arm"
  max_first_byte = "days"
}

commitment "aws" {
  until   = "soon"
  monthly = -5
}
