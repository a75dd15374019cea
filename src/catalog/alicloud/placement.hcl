# What resources of Alibaba Cloud need, and which could stand for others.

workload "alicloud_instance" {
  let {
    type = table.alicloud_instance_type[known(self.instance_type, null)]
    data = known(self.data_disks, [])
  }
  concept       = "vm"
  wants         = "machine"
  size          = known(self.instance_type, null)
  vcpu          = type.vcpu
  memory_gb     = type.memory_gb
  arch          = type.architecture
  gpus          = type.gpu
  os            = can(regex("^win", known(self.image_id, ""))) ? "windows" : "linux"
  hours         = usage.monthly_hrs
  interruptible = !contains(["NoSpot", ""], known(self.spot_strategy, "NoSpot"))
  disks         = concat([{ gb = known(self.system_disk_size, 40) }], [for disk in data : { gb = disk.size }])
  state_gb      = sum([for disk in data : coalesce(known(disk.size, null), 0)])
}

workload "alicloud_disk" {
  concept  = "block-general"
  gb       = known(self.size, null)
  state_gb = known(self.size, null)
}

workload "alicloud_disk_attachment" { joins = ["disk_id", "instance_id"] }

workload "alicloud_db_instance" {
  concept    = can(regex("(?i)postgres", known(self.engine, ""))) ? "rdb-postgresql" : "rdb-mysql"
  size       = known(self.instance_type, null)
  gb         = known(self.instance_storage, null)
  state_gb   = known(self.instance_storage, null)
  assumed_gb = 100
}

workload "alicloud_oss_bucket" {
  concept = "object"
}

# The lists at hand have no prices of disks: until an overlay or a refreshed list brings them, no such offer is priced,
# and placement says so.
offer "alicloud_instance" {
  concept   = "machine"
  provider  = "alibaba"
  type      = "alicloud_instance"
  option    = "on demand"
  for_each  = { for name, type in table.alicloud_instance_type : name => type if can(regex("^ecs\\.[gcr][5-9][a-z]*\\.", name)) }
  when      = coalesce(need.os, "linux") == "linux"
  size      = each.key
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_gb
  arch      = each.value.architecture
  gpus      = each.value.gpu
  self = {
    instance_type        = each.key
    system_disk_category = "cloud_essd"
    system_disk_size     = max(20, coalesce(need.disk_gb, 40))
  }
  usage = { monthly_hrs = coalesce(need.hours, 730) }
}
