site "berlin" {
  capacity = { vcpu = 256, memory_gb = 2048 }
}

site "berlin" {
  capacity = { vcpu = 0, memory_gb = -1 }
  rate     = { vcpu_hour = -0.011 }
}

site "madrid" {
  capacity = { vcpu = 64, memory_gb = 512 }
  rate     = {}
}

site "oslo" {
  country  = "Norway"
  latitude = 595
  capacity = { vcpu = 64, memory_gb = 512 }
  purchase = { price = 60000, months = 0 }
  currency = "NOK"
}

site "aws" {
  capacity    = { vcpu = 64, memory_gb = 512 }
  rate        = { vcpu_hour = 0.01 }
  performance = 0
  arch        = "x86"
}
