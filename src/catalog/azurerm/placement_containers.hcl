# Containers and functions that run without machines of one's own: what those of Azure need, and which could stand for others.

# What all containers of a group have together.
workload "azurerm_container_group" {
  let {
    containers = known(self.container, [])
    is_always  = coalesce(known(self.restart_policy, null), "Always") == "Always"
  }
  concept       = "containers-serverless"
  vcpu          = sum([for container in containers : container.cpu])
  memory_gb     = sum([for container in containers : container.memory])
  arch          = "amd64"
  gpus          = sum([for gpu in flatten([for container in containers : coalesce(container.gpu, [])]) : gpu.count])
  os            = lower(self.os_type) == "windows" ? "windows" : "linux"
  count         = 1
  hours         = coalesce(usage.monthly_hrs, is_always ? 730 : null)
  interruptible = known(self.priority, null) == "Spot"
  state_gb      = 0
}

# Hours at work over as many replicas as it takes. What a replica has while it waits costs little, and is kept for it.
workload "azurerm_container_app" {
  let {
    containers = coalesce(known(self.template, [])[0].container, [])
    kept       = coalesce(known(self.template, [])[0].min_replicas, 0)
    replicas   = max(1, kept, ceil(usage.monthly_active_hours / 730))
  }
  concept   = coalesce(known(self.workload_profile_name, null), "Consumption") == "Consumption" ? "containers-serverless" : null
  vcpu      = sum([for container in containers : container.cpu])
  memory_gb = sum([for container in containers : tonumber(trimsuffix(container.memory, "Gi"))])
  arch      = "amd64"
  os        = "linux"
  count     = replicas
  hours     = kept > 0 ? 730 : usage.monthly_active_hours / replicas
  reads     = usage.monthly_requests
  state_gb  = 0
}

# Shapes of a group: 1 GB and 1 vCPU at least. https://learn.microsoft.com/azure/container-instances/container-instances-resource-and-quota-limits
table "container_group_memory_gb" {
  rows = {
    "1" = [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16]
    "2" = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16]
    "3" = [2, 4, 6, 8, 10, 12, 14, 16]
    "4" = [2, 4, 6, 8, 10, 12, 14, 16]
  }
}

# A group that always runs. Nobody measured what its vCPU does.
offer "azurerm_container_group" {
  concept   = "containers-serverless"
  provider  = "azure"
  type      = "azurerm_container_group"
  option    = "on demand"
  for_each  = { for shape in flatten([for cpu, sizes in table.container_group_memory_gb : [for size in sizes : { cpu = tonumber(cpu), gb = size }]]) : "${shape.cpu}/${shape.gb}" => shape }
  when      = contains(["linux", "windows"], coalesce(need.os, "linux"))
  size      = "${each.value.cpu} vCPU, ${each.value.gb} GB"
  vcpu      = each.value.cpu
  memory_gb = each.value.gb
  arch      = "amd64"
  burstable = false
  self = {
    os_type   = need.os == "windows" ? "Windows" : "Linux"
    container = [{ name = "main", cpu = each.value.cpu, memory = each.value.gb }]
  }
  losses = need.provider == "azure" ? [] : ["perf-unknown"]
}

offer "azurerm_container_group_spot" {
  concept   = "containers-serverless"
  provider  = "azure"
  type      = "azurerm_container_group"
  option    = "spot"
  for_each  = { for shape in flatten([for cpu, sizes in table.container_group_memory_gb : [for size in sizes : { cpu = tonumber(cpu), gb = size }]]) : "${shape.cpu}/${shape.gb}" => shape }
  when      = coalesce(need.interruptible, false) && coalesce(need.os, "linux") == "linux"
  size      = "${each.value.cpu} vCPU, ${each.value.gb} GB"
  vcpu      = each.value.cpu
  memory_gb = each.value.gb
  arch      = "amd64"
  burstable = false
  self = {
    os_type   = "Linux"
    priority  = "Spot"
    container = [{ name = "main", cpu = each.value.cpu, memory = each.value.gb }]
  }
  losses = need.provider == "azure" ? [] : ["perf-unknown"]
}

# A replica at work as long as is needed, with 2 GB a vCPU. https://learn.microsoft.com/azure/container-apps/containers
offer "azurerm_container_app" {
  concept   = "containers-serverless"
  provider  = "azure"
  type      = "azurerm_container_app"
  option    = "on demand"
  for_each  = { for quarters in [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16] : tostring(quarters) => quarters / 4 }
  when      = coalesce(need.os, "linux") == "linux" && need.hours != null
  size      = "${each.value} vCPU, ${each.value * 2} GB, consumption"
  vcpu      = each.value
  memory_gb = each.value * 2
  arch      = "amd64"
  burstable = false
  self      = { template = [{ min_replicas = 0, container = [{ name = "main", cpu = each.value, memory = "${each.value * 2}Gi" }] }] }
  usage     = { monthly_active_hours = need.hours, monthly_requests = need.reads == null ? 0 : need.reads / need.count }
  losses    = need.provider == "azure" ? [] : ["perf-unknown"]
}

# Executions a month, and the hours that they last together. On an app service plan the plan is billed.
workload "azurerm_linux_function_app" {
  concept   = contains(["Y1", "DYNAMIC"], upper(coalesce(ref("service_plan_id").sku_name, "Y1"))) ? "functions" : null
  memory_gb = usage.memory_mb / 1024
  arch      = "any"
  reads     = usage.monthly_executions
  hours     = usage.monthly_executions * usage.execution_duration_ms / 3600000
  state_gb  = 0
}

workload "azurerm_windows_function_app" {
  concept   = contains(["Y1", "DYNAMIC"], upper(coalesce(ref("service_plan_id").sku_name, "Y1"))) ? "functions" : null
  memory_gb = usage.memory_mb / 1024
  arch      = "any"
  reads     = usage.monthly_executions
  hours     = usage.monthly_executions * usage.execution_duration_ms / 3600000
  state_gb  = 0
}

workload "azurerm_function_app" {
  let {
    plan = ref("app_service_plan_id")
  }
  concept   = upper(coalesce(plan.sku[0].tier, "DYNAMIC")) == "DYNAMIC" ? "functions" : null
  memory_gb = usage.memory_mb / 1024
  arch      = "any"
  reads     = usage.monthly_executions
  hours     = usage.monthly_executions * usage.execution_duration_ms / 3600000
  state_gb  = 0
}

workload "azurerm_function_app_flex_consumption" {
  concept   = "functions"
  memory_gb = coalesce(known(self.instance_memory_in_mb, null), 2048) / 1024
  arch      = "any"
  state_gb  = 0
}

offer "azurerm_linux_function_app" {
  concept  = "functions"
  provider = "azure"
  type     = "azurerm_linux_function_app"
  option   = "on demand"
  when     = need.reads > 0 && need.hours > 0 && need.memory_gb <= 1.5
  size     = "Y1"
  self     = { name = "functions" }
  usage    = { monthly_executions = need.reads, execution_duration_ms = need.hours * 3600000 / need.reads, memory_mb = need.memory_gb * 1024 }
}
