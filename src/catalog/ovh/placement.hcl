# What resources of OVHcloud need, and which could stand for others.

workload "ovh_cloud_project_instance" {
  let {
    flavor = table.ovh_flavor[known(self.flavor_name, null)]
  }
  concept   = "vm"
  wants     = "machine"
  size      = known(self.flavor_name, null)
  vcpu      = flavor.vcpu
  memory_gb = flavor.memory_gb
  arch      = flavor.architecture
  gpus      = flavor.gpu
  os        = "linux"
  hours     = usage.monthly_hrs
  disks     = [{ gb = flavor.disk_gb }]
}

workload "ovh_cloud_project_kube_nodepool" {
  let {
    flavor = table.ovh_flavor[known(self.flavor_name, null)]
  }
  concept   = "kubernetes-nodes"
  wants     = "machine"
  size      = known(self.flavor_name, null)
  vcpu      = flavor.vcpu
  memory_gb = flavor.memory_gb
  arch      = flavor.architecture
  gpus      = flavor.gpu
  os        = "linux"
  count     = known(self.desired_nodes, null)
  min       = known(self.min_nodes, null)
  max       = known(self.max_nodes, null)
  hours     = usage.monthly_hrs
  disks     = [{ gb = flavor.disk_gb }]
}

workload "ovh_cloud_project_volume" {
  concept  = "block-general"
  gb       = known(self.size, null)
  state_gb = known(self.size, null)
}

# Virtual machines of general use; each has the disk of its flavour: one whose disk suffices.
# Only the Discovery range (d) shares its cores.
offer "ovh_cloud_project_instance" {
  concept   = "machine"
  provider  = "ovh"
  type      = "ovh_cloud_project_instance"
  option    = "on demand"
  for_each  = { for name, flavor in table.ovh_flavor : name => flavor if can(regex("^[bcdr][0-9]-", name)) }
  when      = coalesce(need.os, "linux") == "linux" && coalesce(need.gpus, 0) == 0 && coalesce(need.disk_gb, 0) <= each.value.disk_gb
  size      = each.key
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_gb
  arch      = each.value.architecture
  losses    = startswith(each.key, "d") && coalesce(need.burstable, false) != true && !startswith(coalesce(need.size, "-"), "d2-") ? ["shared-cores"] : []
  self      = { flavor_name = each.key, billing_period = "hourly" }
  usage     = { monthly_hrs = coalesce(need.hours, 730) }
}
