# Containers and functions that run without machines of one's own: what those of AWS need, and which could stand for others.

# Tasks on Fargate: vCPUs and memory of one task. The tasks on instances cost nothing of their own, and a service without
# tasks needs nothing.
workload "aws_ecs_service" {
  let {
    task       = ref("task_definition", "aws_ecs_task_definition")
    strategies = known(self.capacity_provider_strategy, [])
    on_fargate = [for strategy in strategies : strategy if startswith(strategy.capacity_provider, "FARGATE")]
    on_spot    = [for strategy in strategies : strategy if strategy.capacity_provider == "FARGATE_SPOT"]
    is_fargate = known(self.launch_type, null) == "FARGATE" || length(on_fargate) > 0
    platform   = known(task.runtime_platform, [])[0]
    tasks      = coalesce(known(self.desired_count, null), 0)
  }
  concept       = is_fargate && tasks > 0 ? "containers-serverless" : null
  vcpu          = try(tonumber(task.cpu) / 1024, tonumber(regex("[0-9.]+", task.cpu)))
  memory_gb     = try(tonumber(task.memory) / 1024, tonumber(regex("[0-9.]+", task.memory)))
  arch          = platform.cpu_architecture == "ARM64" ? "arm64" : "amd64"
  os            = startswith(coalesce(platform.operating_system_family, "LINUX"), "WINDOWS") ? "windows" : "linux"
  count         = tasks
  interruptible = length(on_spot) > 0 && length(on_spot) == length(on_fargate)
  state_gb      = 0
}

# A service takes 1 vCPU and 2 GB where nothing else is said; how many instances run, only its traffic decides.
workload "aws_apprunner_service" {
  let {
    config = known(self.instance_configuration, [])[0]
    cpu    = coalesce(known(config.cpu, null), "1024")
    memory = coalesce(known(config.memory, null), "2048")
  }
  concept   = "containers-serverless"
  vcpu      = try(tonumber(cpu) / 1024, tonumber(regex("[0-9.]+", cpu)))
  memory_gb = try(tonumber(memory) / 1024, tonumber(regex("[0-9.]+", memory)))
  arch      = "amd64"
  os        = "linux"
  count     = null
  state_gb  = 0
}

# MiB that a task may have with so many units of CPU, 1024 of them a vCPU.
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
table "fargate_memory_mb" {
  rows = {
    "256"   = [512, 1024, 2048]
    "512"   = [1024, 2048, 3072, 4096]
    "1024"  = [2048, 3072, 4096, 5120, 6144, 7168, 8192]
    "2048"  = [4096, 5120, 6144, 8192, 10240, 12288, 16384]
    "4096"  = [8192, 10240, 12288, 16384, 20480, 24576, 30720]
    "8192"  = [16384, 20480, 24576, 32768, 40960, 49152, 61440]
    "16384" = [32768, 40960, 49152, 65536, 81920, 98304, 122880]
  }
}

# A task that always runs. Nobody measured what a vCPU of Fargate does.
offer "aws_ecs_service" {
  concept   = "containers-serverless"
  provider  = "aws"
  type      = "aws_ecs_service"
  option    = "on demand"
  for_each  = { for shape in flatten([for cpu, sizes in table.fargate_memory_mb : [for size in sizes : { cpu = cpu, mb = size }]]) : "${shape.cpu}/${shape.mb}" => shape }
  when      = coalesce(need.os, "linux") == "linux"
  size      = "${tonumber(each.value.cpu) / 1024} vCPU, ${each.value.mb / 1024} GB"
  vcpu      = tonumber(each.value.cpu) / 1024
  memory_gb = each.value.mb / 1024
  arch      = "amd64"
  burstable = false
  self      = { launch_type = "FARGATE", desired_count = 1 }
  refs      = { task_definition = { cpu = each.value.cpu, memory = tostring(each.value.mb) } }
  losses    = need.provider == "aws" ? [] : ["perf-unknown"]
}

offer "aws_ecs_service_arm" {
  concept   = "containers-serverless"
  provider  = "aws"
  type      = "aws_ecs_service"
  option    = "on demand"
  for_each  = { for shape in flatten([for cpu, sizes in table.fargate_memory_mb : [for size in sizes : { cpu = cpu, mb = size }]]) : "${shape.cpu}/${shape.mb}" => shape }
  when      = coalesce(need.os, "linux") == "linux"
  size      = "${tonumber(each.value.cpu) / 1024} vCPU, ${each.value.mb / 1024} GB, ARM64"
  vcpu      = tonumber(each.value.cpu) / 1024
  memory_gb = each.value.mb / 1024
  arch      = "arm64"
  burstable = false
  self      = { launch_type = "FARGATE", desired_count = 1 }
  refs      = { task_definition = { cpu = each.value.cpu, memory = tostring(each.value.mb), runtime_platform = [{ cpu_architecture = "ARM64" }] } }
  losses    = need.provider == "aws" ? [] : ["perf-unknown"]
}

offer "aws_ecs_service_spot" {
  concept   = "containers-serverless"
  provider  = "aws"
  type      = "aws_ecs_service"
  option    = "spot"
  for_each  = { for shape in flatten([for cpu, sizes in table.fargate_memory_mb : [for size in sizes : { cpu = cpu, mb = size }]]) : "${shape.cpu}/${shape.mb}" => shape }
  when      = coalesce(need.interruptible, false) && coalesce(need.os, "linux") == "linux"
  size      = "${tonumber(each.value.cpu) / 1024} vCPU, ${each.value.mb / 1024} GB"
  vcpu      = tonumber(each.value.cpu) / 1024
  memory_gb = each.value.mb / 1024
  arch      = "amd64"
  burstable = false
  self      = { capacity_provider_strategy = [{ capacity_provider = "FARGATE_SPOT", weight = 1 }], desired_count = 1 }
  refs      = { task_definition = { cpu = each.value.cpu, memory = tostring(each.value.mb) } }
  losses    = need.provider == "aws" ? [] : ["perf-unknown"]
}

# Requests a month, and how long one takes at which memory.
workload "aws_lambda_function" {
  concept   = "functions"
  memory_gb = known(self.memory_size, 128) / 1024
  arch      = "any"
  reads     = usage.monthly_requests
  calls     = usage.monthly_requests
  hours     = usage.monthly_requests * usage.request_duration_ms / 3600000
  state_gb  = 0
}

offer "aws_lambda_function" {
  concept  = "functions"
  provider = "aws"
  type     = "aws_lambda_function"
  option   = "on demand"
  when     = need.reads > 0 && need.hours > 0 && need.memory_gb <= 10
  size     = "x86_64"
  self     = { memory_size = max(128, ceil(need.memory_gb * 1024)) }
  usage    = { monthly_requests = need.reads, request_duration_ms = need.hours * 3600000 / need.reads }
}
