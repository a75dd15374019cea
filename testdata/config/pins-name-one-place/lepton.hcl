site "berlin" {
  capacity = { vcpu = 64, memory_gb = 512 }
  rate     = { vcpu_hour = 0.01, memory_gb_hour = 0.001 }
}

pin "module.db.*" {}

pin "module.web.*" {
  provider = "aws"
  site     = "berlin"
}

pin "module.cache.*" {
  site = "berln"
}

pin "module.api.*" {
  region = "eu-central-1"
}

pin {
  provider = "amazon"
}

apart "replicas" {
  on = ["aws_instance.a"]
}
