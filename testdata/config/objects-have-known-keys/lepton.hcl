placement {
  fees = { gogle = 100, azure = "many" }
}

site "berlin" {
  capacity = { vcpus = 256, memory_gb = 2048 }
  rate     = { vcpu_hour = 0.011, "memory_gb_hours" = 0.0014 }
  purchase = { price = 60000 }
  power    = merge({ watt = 3500 }, { kwh_price = 0.25 })
}

workload "module.batch.*" {
  value = { per = "vcpu_hours", usd = -1 }
}
