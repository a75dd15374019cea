site "berlin" {
  country       = "DE"
  jurisdictions = ["eu"]
  latitude      = 52.5
  longitude     = 13.4
  capacity      = { vcpu = 8, memory_gb = 64, disk_gb = 1000 }
  rate          = { vcpu_hour = 0.011, memory_gb_hour = 0.0014 }
}

placement {
  providers = []
  hour_rate = 100
}

workload "aws_instance.db" {
  state_gb     = 500
  effort_hours = 4
}

workload "aws_instance.batch" {
  effort_hours = 16
}
