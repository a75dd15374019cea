# Containers and functions that run without machines of one's own: what those of Google need, and which could stand for others.

# Instances that are billed as long as they run are as many as are kept; those that are billed by requests run as long as
# their requests take, over as many instances as a month of that needs.
workload "google_cloud_run_v2_service" {
  let {
    main      = known(self.template, [])[0].containers[0]
    limits    = main.resources[0].limits
    cpu       = coalesce(known(limits.cpu, null), "1")
    memory    = coalesce(known(limits.memory, null), "512Mi")
    is_kept   = known(main.resources[0].cpu_idle, null) == false
    kept      = known(self.template, [])[0].scaling[0].min_instance_count
    shared    = coalesce(usage.concurrent_requests_per_instance, known(self.template, [])[0].max_instance_request_concurrency, 80)
    busy      = usage.monthly_requests * usage.average_request_duration_ms / 3600000 / shared
    running   = is_kept ? coalesce(usage.monthly_instance_hours, kept > 0 ? kept * 730 : null) : busy
    instances = max(1, ceil(running / 730))
  }
  concept   = "containers-serverless"
  vcpu      = endswith(cpu, "m") ? tonumber(trimsuffix(cpu, "m")) / 1000 : tonumber(cpu)
  memory_gb = endswith(memory, "Gi") ? tonumber(trimsuffix(memory, "Gi")) : tonumber(trimsuffix(memory, "Mi")) / 1024
  arch      = "amd64"
  os        = "linux"
  count     = instances
  hours     = running / instances
  reads     = usage.monthly_requests
  state_gb  = 0
}

workload "google_cloud_run_service" {
  let {
    spec        = known(self.template, [])[0].spec[0]
    limits      = spec.containers[0].resources[0].limits
    annotations = coalesce(known(self.template, [])[0].metadata[0].annotations, {})
    cpu         = coalesce(known(limits.cpu, null), "1")
    memory      = coalesce(known(limits.memory, null), "512Mi")
    is_kept     = annotations["run.googleapis.com/cpu-throttling"] == "false"
    kept        = tonumber(annotations["autoscaling.knative.dev/minScale"])
    shared      = coalesce(usage.concurrent_requests_per_instance, known(spec.container_concurrency, null), 80)
    busy        = usage.monthly_requests * usage.average_request_duration_ms / 3600000 / shared
    running     = is_kept ? coalesce(usage.monthly_instance_hours, kept > 0 ? kept * 730 : null) : busy
    instances   = max(1, ceil(running / 730))
  }
  concept   = "containers-serverless"
  vcpu      = endswith(cpu, "m") ? tonumber(trimsuffix(cpu, "m")) / 1000 : tonumber(cpu)
  memory_gb = endswith(memory, "Gi") ? tonumber(trimsuffix(memory, "Gi")) : tonumber(trimsuffix(memory, "Mi")) / 1024
  arch      = "amd64"
  os        = "linux"
  count     = instances
  hours     = running / instances
  reads     = usage.monthly_requests
  state_gb  = 0
}

# GiB that so many vCPUs may have. https://cloud.google.com/run/docs/configuring/services/memory-limits
table "google_run_memory_gb" {
  rows = { "1" = [0.5, 1, 2, 3, 4], "2" = [0.5, 1, 2, 4, 6, 8], "4" = [2, 4, 8, 12, 16], "6" = [4, 8, 16, 24], "8" = [4, 8, 16, 24, 32] }
}

# An instance that always runs, billed as long as it does. Nobody measured what a vCPU of Cloud Run does.
offer "google_cloud_run_v2_service" {
  concept   = "containers-serverless"
  provider  = "google"
  type      = "google_cloud_run_v2_service"
  option    = "on demand"
  for_each  = { for shape in flatten([for cpu, sizes in table.google_run_memory_gb : [for size in sizes : { cpu = cpu, gb = size }]]) : "${shape.cpu}/${shape.gb}" => shape }
  when      = coalesce(need.os, "linux") == "linux"
  size      = "${each.value.cpu} vCPU, ${each.value.gb} GB"
  vcpu      = tonumber(each.value.cpu)
  memory_gb = each.value.gb
  arch      = "amd64"
  burstable = false
  self = {
    template = [{
      containers = [{ resources = [{ limits = { cpu = each.value.cpu, memory = "${each.value.gb * 1024}Mi" }, cpu_idle = false }] }]
      scaling    = [{ min_instance_count = 1 }]
    }]
  }
  losses = need.provider == "google" ? [] : ["perf-unknown"]
}

# An instance that runs for its requests only, for work that is not always there: one request at a time, all hours together.
offer "google_cloud_run_v2_service_by_request" {
  concept   = "containers-serverless"
  provider  = "google"
  type      = "google_cloud_run_v2_service"
  option    = "on demand"
  for_each  = { for shape in flatten([for cpu, sizes in table.google_run_memory_gb : [for size in sizes : { cpu = cpu, gb = size }]]) : "${shape.cpu}/${shape.gb}" => shape }
  when      = coalesce(need.os, "linux") == "linux" && need.reads > 0 && need.hours > 0 && need.hours < 730
  size      = "${each.value.cpu} vCPU, ${each.value.gb} GB, by request"
  vcpu      = tonumber(each.value.cpu)
  memory_gb = each.value.gb
  arch      = "amd64"
  burstable = false
  self      = { template = [{ containers = [{ resources = [{ limits = { cpu = each.value.cpu, memory = "${each.value.gb * 1024}Mi" } }] }] }] }
  usage = {
    monthly_requests                 = need.reads / need.count
    average_request_duration_ms      = need.hours * need.count * 3600000 / need.reads
    concurrent_requests_per_instance = 1
  }
  losses = need.provider == "google" ? [] : ["perf-unknown"]
}

# Invocations a month, and the hours that they last together.
workload "google_cloudfunctions_function" {
  concept   = "functions"
  memory_gb = coalesce(known(self.available_memory_mb, null), 256) / 1024
  arch      = "any"
  reads     = usage.monthly_function_invocations
  calls     = usage.monthly_function_invocations
  hours     = usage.monthly_function_invocations * usage.request_duration_ms / 3600000
  state_gb  = 0
  # Sent anywhere; it is paid for as what leaves for the internet.
  internet_gb = usage.monthly_outbound_data_gb
  charged_in  = ["Outbound data transfer"]
}

# Traffic is counted apart.
offer "google_cloudfunctions_function" {
  concept  = "functions"
  provider = "google"
  type     = "google_cloudfunctions_function"
  option   = "on demand"
  when     = need.reads > 0 && need.hours > 0 && need.memory_gb <= 8
  size     = "first generation"
  self     = { available_memory_mb = [for mb in [128, 256, 512, 1024, 2048, 4096, 8192] : mb if mb >= coalesce(need.memory_gb, 0) * 1024][0] }
  usage    = { monthly_function_invocations = need.reads, request_duration_ms = need.hours * 3600000 / need.reads, monthly_outbound_data_gb = 0 }
}

# Requests a month, and the hours that they last together.
workload "google_cloudfunctions2_function" {
  let {
    stated = trimsuffix(coalesce(known(self.service_config, [])[0].available_memory, "256M"), "i")
    shared = coalesce(usage.concurrent_requests_per_instance, known(self.service_config, [])[0].max_instance_request_concurrency, 1)
  }
  concept   = "functions"
  memory_gb = endswith(stated, "G") ? tonumber(trimsuffix(stated, "G")) : tonumber(trimsuffix(stated, "M")) / 1024
  arch      = "any"
  reads     = usage.monthly_requests
  hours     = usage.monthly_requests * usage.average_request_duration_ms / shared / 3600000
  state_gb  = 0
}

# The least memory that is enough, with the CPU that comes with it.
offer "google_cloudfunctions2_function" {
  concept  = "functions"
  provider = "google"
  type     = "google_cloudfunctions2_function"
  option   = "on demand"
  when     = need.reads > 0 && need.hours > 0 && need.memory_gb <= 32
  size     = "second generation"
  self     = { service_config = [{ available_memory = "${[for mb in [128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768] : mb if mb >= coalesce(need.memory_gb, 0) * 1024][0]}Mi" }] }
  usage    = { monthly_requests = need.reads, average_request_duration_ms = need.hours * 3600000 / need.reads }
}
