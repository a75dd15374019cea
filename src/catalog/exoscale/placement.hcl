# What resources of Exoscale need, and which could stand for others.

workload "exoscale_compute_instance" {
  let {
    type = table.exoscale_instance_type[known(self.type, null)]
  }
  concept   = "vm"
  wants     = "machine"
  size      = known(self.type, null)
  vcpu      = type.vcpu
  memory_gb = type.memory_gb
  arch      = type.architecture
  os        = "linux"
  hours     = usage.monthly_hrs
  disks     = [{ gb = known(self.disk_size, 50) }]
}

workload "exoscale_block_storage_volume" {
  concept  = "block-general"
  gb       = known(self.size, null)
  state_gb = known(self.size, null)
}

offer "exoscale_compute_instance" {
  concept   = "machine"
  provider  = "exoscale"
  type      = "exoscale_compute_instance"
  option    = "on demand"
  for_each  = { for name, type in table.exoscale_instance_type : name => type if type.category != "storage" }
  when      = coalesce(need.os, "linux") == "linux" && coalesce(need.gpus, 0) == 0
  size      = each.key
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_gb
  arch      = each.value.architecture
  self      = { type = each.key, disk_size = max(10, coalesce(need.disk_gb, 10)) }
  usage     = { monthly_hrs = coalesce(need.hours, 730) }
}
