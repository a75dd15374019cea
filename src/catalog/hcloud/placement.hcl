# What resources of Hetzner Cloud need, and which could stand for others.

workload "hcloud_server" {
  let {
    type = table.hcloud_server_type[known(self.server_type, null)]
  }
  concept   = "vm"
  wants     = "machine"
  size      = known(self.server_type, null)
  vcpu      = type.vcpu
  memory_gb = type.memory_gb
  arch      = type.architecture
  os        = "linux"
  hours     = usage.monthly_hrs
  disks     = [{ gb = type.disk_gb }]
}

workload "hcloud_volume" {
  concept  = "block-general"
  gb       = known(self.size, null)
  state_gb = known(self.size, null)
}

workload "hcloud_volume_attachment" { joins = ["volume_id", "server_id"] }

# A server has the disk of its type: one whose disk suffices.
offer "hcloud_server" {
  concept   = "machine"
  provider  = "hetzner"
  type      = "hcloud_server"
  option    = "on demand"
  for_each  = table.hcloud_server_type
  when      = coalesce(need.os, "linux") == "linux" && coalesce(need.gpus, 0) == 0 && coalesce(need.disk_gb, 0) <= each.value.disk_gb
  size      = each.key
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_gb
  arch      = each.value.architecture
  losses    = each.value.category == "shared" && coalesce(need.burstable, false) != true && table.hcloud_server_type[coalesce(need.size, "-")].category != "shared" ? ["shared-cores"] : []
  self      = { server_type = each.key }
  usage     = { monthly_hrs = coalesce(need.hours, 730) }
}
