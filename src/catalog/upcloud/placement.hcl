# What resources of UpCloud need, and which could stand for others.

workload "upcloud_server" {
  let {
    plan = table.upcloud_plan[known(self.plan, null)]
    size = known(known(self.template, [])[0].size, plan.disk_gb)
  }
  concept   = "vm"
  wants     = "machine"
  size      = known(self.plan, null)
  vcpu      = plan.vcpu
  memory_gb = plan.memory_gb
  arch      = plan.architecture
  os        = "linux"
  hours     = usage.monthly_hrs
  disks     = [{ gb = size }]
}

workload "upcloud_storage" {
  concept  = "block-general"
  gb       = known(self.size, null)
  state_gb = known(self.size, null)
}

# A plan holds its storage: one that suffices. Those without storage buy the fast one.
offer "upcloud_server" {
  concept   = "machine"
  provider  = "upcloud"
  type      = "upcloud_server"
  option    = "on demand"
  for_each  = table.upcloud_plan
  when      = coalesce(need.os, "linux") == "linux" && coalesce(need.gpus, 0) == 0 && (each.value.line == "cloudnative" || coalesce(need.disk_gb, 0) <= each.value.disk_gb)
  size      = each.key
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_gb
  arch      = each.value.architecture
  self = {
    plan     = each.key
    template = [{ size = max(10, each.value.disk_gb, coalesce(need.disk_gb, 10)), tier = each.value.line == "starter" ? "standard" : "maxiops" }]
  }
  usage = { monthly_hrs = coalesce(need.hours, 730) }
}
