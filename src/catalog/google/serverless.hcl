# Cloud Run has two price tiers of regions. https://cloud.google.com/run/docs/locations
table "google_run_tier_two" {
  rows = {
    names = [
      "africa-south1", "asia-east2", "asia-northeast3", "asia-south2", "asia-southeast1", "asia-southeast2",
      "australia-southeast1", "australia-southeast2", "europe-central2", "europe-west2", "europe-west3",
      "europe-west6", "europe-west10", "europe-west12", "me-central1", "me-central2",
      "northamerica-northeast1", "northamerica-northeast2", "southamerica-east1", "southamerica-west1",
      "us-west2", "us-west3", "us-west4",
    ]
  }
}

# Requests, and the vCPU and memory that they hold; or instances, busy or not.
template "google_run" {
  input "cpu" { type = string }
  input "memory" { type = string }
  input "concurrency" {
    type    = number
    default = 80
  }
  # Whether instances are billed as long as they run.
  input "is_by_instance" {
    type    = bool
    default = false
  }
  # Instances that always run.
  input "least" {
    type    = number
    default = 0
  }
  usage {
    # Requests a month.
    monthly_requests = null
    # How long a request takes, in milliseconds.
    average_request_duration_ms = null
    # Requests that one instance serves at a time.
    concurrent_requests_per_instance = null
    # Hours that all instances together run a month, where they are billed as long as they run.
    monthly_instance_hours = null
  }
  let {
    tier   = contains(table.google_run_tier_two.names, region) ? " (tier 2)" : ""
    vcpu   = cpu == null ? 1 : (endswith(cpu, "m") ? tonumber(trimsuffix(cpu, "m")) / 1000 : tonumber(cpu))
    gib    = memory == null ? 0.5 : (endswith(memory, "Gi") ? tonumber(trimsuffix(memory, "Gi")) : tonumber(trimsuffix(memory, "Mi")) / 1024)
    shared = coalesce(usage.concurrent_requests_per_instance, concurrency)
    busy   = usage.monthly_requests * usage.average_request_duration_ms / 1000 / shared
    # Without a least number instances come and go: only usage knows how long they run.
    running = coalesce(usage.monthly_instance_hours, least > 0 ? least * 730 : null) * 3600
    seconds = is_by_instance ? running : busy
  }
  component "CPU allocation time" {
    unit     = "vCPU-seconds"
    quantity = seconds * vcpu
    price {
      service = "Cloud Run"
      sku     = is_by_instance ? "Services CPU (Instance-based billing)" : "CPU Allocation Time${tier}"
    }
  }
  component "Memory allocation time" {
    unit     = "GiB-seconds"
    quantity = seconds * gib
    price {
      service = "Cloud Run"
      sku     = is_by_instance ? "Services Memory (Instance-based billing)" : "Memory Allocation Time${tier}"
    }
  }
  component "Number of requests" {
    when     = !is_by_instance
    unit     = "requests"
    quantity = usage.monthly_requests
    price {
      service = "Cloud Run"
      sku     = "Requests"
    }
  }
}

resource "google_cloud_run_v2_service" {
  docs = "https://cloud.google.com/run/pricing"
  let {
    resources = self.template[0].containers[0].resources[0]
    limits    = resources.limits
    scaling   = self.template[0].scaling[0]
  }
  use "google_run" {
    cpu            = known(limits.cpu, null)
    memory         = known(limits.memory, null)
    concurrency    = known(self.template[0].max_instance_request_concurrency, null)
    is_by_instance = known(resources.cpu_idle, null) == false
    least          = known(scaling.min_instance_count, null)
  }
  example "a service of a tier-two region" {
    self   = { template = [{ containers = [{ resources = [{ limits = { cpu = "2", memory = "1Gi" } }] }] }] }
    region = "europe-west3"
    usage  = { monthly_requests = 1000000, average_request_duration_ms = 800, concurrent_requests_per_instance = 10 }
    expect = { "CPU allocation time" = 160000, "Memory allocation time" = 80000, "Number of requests" = 1000000 }
  }
  example "two instances that always have their CPU" {
    self = {
      template = [{
        containers = [{ resources = [{ limits = { cpu = "1", memory = "512Mi" }, cpu_idle = false }] }]
        scaling    = [{ min_instance_count = 2 }]
      }]
    }
    region = "us-central1"
    expect = { "CPU allocation time" = 5256000, "Memory allocation time" = 2628000 }
  }
  example "instances that come and go" {
    self   = { template = [{ containers = [{ resources = [{ cpu_idle = false }] }] }] }
    region = "us-central1"
    expect = { "CPU allocation time" = null, "Memory allocation time" = null }
  }
}

resource "google_cloud_run_service" {
  docs = "https://cloud.google.com/run/pricing"
  let {
    spec        = self.template[0].spec[0]
    limits      = spec.containers[0].resources[0].limits
    annotations = coalesce(known(self.template[0].metadata[0].annotations, null), {})
  }
  use "google_run" {
    cpu            = known(limits.cpu, null)
    memory         = known(limits.memory, null)
    concurrency    = known(spec.container_concurrency, null)
    is_by_instance = annotations["run.googleapis.com/cpu-throttling"] == "false"
    least          = tonumber(known(annotations["autoscaling.knative.dev/minScale"], null))
  }
  example "defaults" {
    self   = { template = [{ spec = [{ containers = [{ image = "i" }] }] }] }
    region = "europe-west3"
    expect = { "CPU allocation time" = null, "Memory allocation time" = null, "Number of requests" = null }
  }
  example "an instance that always has its CPU" {
    self = {
      template = [{
        spec     = [{ containers = [{ image = "i" }] }]
        metadata = [{ annotations = { "run.googleapis.com/cpu-throttling" = "false", "autoscaling.knative.dev/minScale" = "1" } }]
      }]
    }
    region = "europe-west3"
    expect = { "CPU allocation time" = 2628000, "Memory allocation time" = 1314000 }
  }
}

# vCPUs of a function by its MiB, where it says none. https://cloud.google.com/functions/docs/configuring/memory
table "google_function_cpu" {
  rows = {
    "128" = "0.083", "256" = "0.167", "512" = "0.333", "1024" = "0.583", "2048" = "1"
    "4096" = "2", "8192" = "2", "16384" = "4", "32768" = "8"
  }
}

# A function of the second generation runs on Cloud Run, and is billed as it. Its memory is written as 256M, 1G or 1Gi.
resource "google_cloudfunctions2_function" {
  docs = "https://cloud.google.com/functions/pricing"
  let {
    config = self.service_config[0]
    stated = trimsuffix(coalesce(known(config.available_memory, null), "256M"), "i")
    mib    = endswith(stated, "G") ? tonumber(trimsuffix(stated, "G")) * 1024 : tonumber(trimsuffix(stated, "M"))
  }
  use "google_run" {
    cpu         = coalesce(known(config.available_cpu, null), table.google_function_cpu[tostring(mib)])
    memory      = "${mib}Mi"
    concurrency = coalesce(known(config.max_instance_request_concurrency, null), 1)
  }
  example "the defaults" {
    self   = { service_config = [{ timeout_seconds = 60 }] }
    region = "us-central1"
    usage  = { monthly_requests = 1000000, average_request_duration_ms = 200 }
    expect = { "CPU allocation time" = 33400, "Memory allocation time" = 50000, "Number of requests" = 1000000 }
  }
  example "a larger one with its own CPU, ten requests at a time" {
    self   = { service_config = [{ available_memory = "2Gi", available_cpu = "2", max_instance_request_concurrency = 10 }] }
    region = "europe-west3"
    usage  = { monthly_requests = 1000000, average_request_duration_ms = 500 }
    expect = { "CPU allocation time" = 100000, "Memory allocation time" = 100000, "Number of requests" = 1000000 }
  }
}

# A function of the first generation: its memory decides its CPU.
table "google_function_ghz" {
  rows = { "128" = 0.2, "256" = 0.4, "512" = 0.8, "1024" = 1.4, "2048" = 2.4, "4096" = 4.8, "8192" = 4.8 }
}

resource "google_cloudfunctions_function" {
  docs = "https://cloud.google.com/functions/pricing-1stgen"
  usage {
    # How long a request takes, in milliseconds.
    request_duration_ms = null
    # Invocations a month.
    monthly_function_invocations = null
    # GB sent a month.
    monthly_outbound_data_gb = null
  }
  let {
    memory_mb = coalesce(known(self.available_memory_mb, null), 256)
    # Time is billed in steps of 100 ms.
    seconds = usage.monthly_function_invocations * ceil(usage.request_duration_ms / 100) * 100 / 1000
  }
  component "CPU" {
    unit     = "GHz-seconds"
    quantity = seconds * table.google_function_ghz[tostring(memory_mb)]
    price {
      service = "Cloud Functions"
      sku     = "CPU Time"
    }
  }
  component "Memory" {
    unit     = "GB-seconds"
    quantity = seconds * memory_mb / 1024
    price {
      service = "Cloud Functions"
      sku     = "Memory Time"
    }
  }
  component "Invocations" {
    unit     = "invocations"
    quantity = usage.monthly_function_invocations
    price {
      service = "Cloud Functions"
      sku     = "Invocations"
    }
  }
  component "Outbound data transfer" {
    unit     = "GB"
    quantity = usage.monthly_outbound_data_gb
    price {
      service = "Cloud Functions"
      sku     = "Network Data Transfer Out"
    }
  }
  example "a function" {
    self   = { available_memory_mb = 512 }
    usage  = { monthly_function_invocations = 10000, request_duration_ms = 250 }
    expect = { "CPU" = 2400, "Memory" = 1500, "Invocations" = 10000, "Outbound data transfer" = null }
  }
}
