# What resources of Scaleway need, and which could stand for others.

workload "scaleway_instance_server" {
  let {
    type = table.scaleway_instance_type[known(self.type, null)]
    root = known(self.root_volume, [])[0]
  }
  concept   = "vm"
  wants     = "machine"
  size      = known(self.type, null)
  vcpu      = type.vcpu
  memory_gb = type.memory_gb
  arch      = type.architecture
  gpus      = type.gpu
  os        = can(regex("-WIN$", self.type)) ? "windows" : "linux"
  hours     = usage.monthly_hrs
  disks     = [{ gb = known(root.size_in_gb, null) }]
}

workload "scaleway_block_volume" {
  concept  = "block-general"
  gb       = known(self.size_in_gb, null)
  state_gb = known(self.size_in_gb, null)
}

# Ranges that are sold today, without the Windows ones; the disk is a block volume. vCPUs of POP2 and of the third and
# second generation are dedicated, those of the BASIC, PLAY2 and PRO2 ranges shared.
# https://www.scaleway.com/en/docs/instances/reference-content/choosing-shared-vs-dedicated-cpus/
offer "scaleway_instance_server" {
  concept   = "machine"
  provider  = "scaleway"
  type      = "scaleway_instance_server"
  option    = "on demand"
  for_each  = { for name, type in table.scaleway_instance_type : name => type if can(regex("^(PRO2|PLAY2|POP2|BASIC[23]|STANDARD[23]|COMPUTE3|MEMORY3)-", name)) && !can(regex("-WIN$", name)) }
  when      = coalesce(need.os, "linux") == "linux" && coalesce(need.gpus, 0) == 0
  size      = each.key
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_gb
  arch      = each.value.architecture
  losses    = !can(regex("^(POP2|STANDARD|COMPUTE|MEMORY)", each.key)) && coalesce(need.burstable, false) != true && !can(regex("^(BASIC|PLAY|PRO|DEV|GP1|STARDUST)", need.size)) ? ["shared-cores"] : []
  self = {
    type        = each.key
    root_volume = [{ volume_type = "sbs_volume", size_in_gb = max(10, coalesce(need.disk_gb, 10)) }]
  }
  usage = { monthly_hrs = coalesce(need.hours, 730) }
}
