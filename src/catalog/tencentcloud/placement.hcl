# What resources of Tencent Cloud need, and which could stand for others.

workload "tencentcloud_instance" {
  let {
    type = table.tencentcloud_instance_type[known(self.instance_type, null)]
    data = known(self.data_disks, [])
  }
  concept       = "vm"
  wants         = "machine"
  size          = known(self.instance_type, null)
  vcpu          = type.vcpu
  memory_gb     = type.memory_gb
  arch          = type.architecture
  gpus          = type.gpu
  os            = usage.operating_system
  hours         = usage.monthly_hrs
  interruptible = known(self.instance_charge_type, "") == "SPOTPAID"
  disks         = concat([{ gb = known(self.system_disk_size, 50) }], [for disk in data : { gb = disk.data_disk_size }])
  state_gb      = sum([for disk in data : coalesce(known(disk.data_disk_size, null), 0)])
}

workload "tencentcloud_cbs_storage" {
  concept  = "block-general"
  gb       = known(self.storage_size, null)
  state_gb = known(self.storage_size, null)
}

workload "tencentcloud_cbs_storage_attachment" { joins = ["storage_id", "instance_id"] }

workload "tencentcloud_mysql_instance" {
  concept    = "rdb-mysql"
  size       = "mysql"
  vcpu       = known(self.cpu, null)
  memory_gb  = known(self.mem_size, null) / 1000
  gb         = known(self.volume_size, null)
  state_gb   = known(self.volume_size, null)
  ha         = true
  assumed_gb = 100
}

# Standard, memory and compute machines of general use; a system disk is Premium Cloud Storage, as new types take it.
offer "tencentcloud_instance" {
  concept   = "machine"
  provider  = "tencent"
  type      = "tencentcloud_instance"
  option    = "on demand"
  for_each  = { for name, type in table.tencentcloud_instance_type : name => type if can(regex("^(S|SA|SR|C|M)[0-9][a-z]*\\.", name)) }
  when      = coalesce(need.os, "linux") == "linux"
  size      = each.key
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_gb
  arch      = each.value.architecture
  gpus      = each.value.gpu
  self = {
    instance_type    = each.key
    system_disk_type = "CLOUD_PREMIUM"
    system_disk_size = max(20, coalesce(need.disk_gb, 50))
  }
  usage = { operating_system = "linux", monthly_hrs = coalesce(need.hours, 730) }
}
