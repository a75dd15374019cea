# Containers that run without a cluster of one's own.

resource "azurerm_container_group" {
  docs = "https://azure.microsoft.com/pricing/details/container-instances/"

  usage {
    # Hours a month that the group runs; all, if it is restarted always.
    monthly_hrs = null
  }

  let {
    containers = known(self.container, [])
    gpu        = flatten([for container in containers : coalesce(container.gpu, [])])[0]
    hours      = coalesce(usage.monthly_hrs, coalesce(known(self.restart_policy, null), "Always") == "Always" ? 730 : null)
    vcpu       = sum([for container in containers : container.cpu])
    memory_gb  = sum([for container in containers : container.memory])
    is_windows = lower(self.os_type) == "windows"
    kind       = known(self.sku, null) == "Confidential" ? "Confidential containers ACI" : (known(self.priority, null) == "Spot" ? "Standard Spot" : "Standard")
  }

  component "vCPU" {
    when     = gpu == null
    unit     = "vCPU"
    per      = 730
    quantity = vcpu * hours
    price {
      service = "Container Instances"
      product = "Container Instances"
      sku     = kind
      meter   = "${kind} vCPU Duration"
    }
  }
  component "Memory" {
    when     = gpu == null
    unit     = "GB"
    per      = 730
    quantity = memory_gb * hours
    price {
      service = "Container Instances"
      product = "Container Instances"
      sku     = kind
      meter   = "${kind} Memory Duration"
    }
  }
  component "GPU" {
    when     = gpu != null
    unit     = "GPU-seconds"
    quantity = gpu.count * hours * 3600
    price {
      service = "Container Instances"
      product = "Container Instances with GPU"
      sku     = gpu.sku
      meter   = "${gpu.sku} vGPU Duration"
    }
  }
  component "vCPU beside a GPU" {
    when     = gpu != null
    unit     = "vCPU-seconds"
    quantity = vcpu * hours * 3600
    price {
      service = "Container Instances"
      product = "Container Instances with GPU"
      sku     = gpu.sku
      meter   = "vCPU Duration"
    }
  }
  component "Memory beside a GPU" {
    when     = gpu != null
    unit     = "GB-seconds"
    quantity = memory_gb * hours * 3600
    price {
      service = "Container Instances"
      product = "Container Instances with GPU"
      sku     = gpu.sku
      meter   = "Memory Duration"
    }
  }
  component "Windows licence" {
    when     = is_windows
    unit     = "vCPU-seconds"
    quantity = vcpu * hours * 3600
    price {
      service = "Container Instances"
      product = "Container Instances"
      sku     = "Standard"
      meter   = "Standard Windows Software Duration"
    }
  }

  example "two containers that always run" {
    region = "westeurope"
    self   = { os_type = "Linux", container = [{ name = "web", cpu = 1, memory = 1.5 }, { name = "side", cpu = 0.5, memory = 0.5 }] }
    expect = { "vCPU" = 1095, "Memory" = 1460 }
  }
  example "Windows" {
    region = "westeurope"
    self   = { os_type = "Windows", container = [{ name = "web", cpu = 2, memory = 4 }] }
    expect = { "vCPU" = 1460, "Memory" = 2920, "Windows licence" = 5256000 }
  }
  example "a job, of which only usage knows how long it runs" {
    region = "westeurope"
    self   = { os_type = "Linux", restart_policy = "Never", container = [{ name = "job", cpu = 1, memory = 1 }] }
    expect = { "vCPU" = null, "Memory" = null }
  }
  example "with a GPU" {
    region = "westeurope"
    self   = { os_type = "Linux", container = [{ name = "model", cpu = 6, memory = 56, gpu = [{ count = 1, sku = "V100" }] }] }
    usage  = { monthly_hrs = 1 }
    expect = { "GPU" = 3600, "vCPU beside a GPU" = 21600, "Memory beside a GPU" = 201600 }
  }
  example "spot, ten hours" {
    region = "northeurope"
    self   = { os_type = "Linux", restart_policy = "OnFailure", priority = "Spot", container = [{ name = "job", cpu = 4, memory = 8 }] }
    usage  = { monthly_hrs = 10 }
    expect = { "vCPU" = 40, "Memory" = 80 }
  }
}

# On a dedicated profile the environment is billed, not the app.
resource "azurerm_container_app" {
  docs = "https://azure.microsoft.com/pricing/details/container-apps/"
  free = coalesce(known(self.workload_profile_name, null), "Consumption") != "Consumption"

  usage {
    # Requests a month.
    monthly_requests = null
    # Hours of a month that all replicas together are at work.
    monthly_active_hours = null
  }

  let {
    template   = self.template[0]
    containers = coalesce(template.container, [])
    vcpu       = sum([for container in containers : container.cpu])
    memory_gb  = sum([for container in containers : tonumber(trimsuffix(container.memory, "Gi"))])
    kept_hours = coalesce(known(template.min_replicas, null), 0) * 730
    active     = usage.monthly_active_hours * 3600
    # Replicas that are kept cost less while they have nothing to do.
    idle = max(0, kept_hours - usage.monthly_active_hours) * 3600
  }

  component "vCPU, active" {
    unit     = "vCPU-seconds"
    quantity = active * vcpu
    note     = "The free grant of a subscription is not taken off."
    price {
      service = "Azure Container Apps"
      product = "Azure Container Apps"
      sku     = "Standard"
      meter   = "Standard vCPU Active Usage"
    }
  }
  component "Memory, active" {
    unit     = "GiB-seconds"
    quantity = active * memory_gb
    price {
      service = "Azure Container Apps"
      product = "Azure Container Apps"
      sku     = "Standard"
      meter   = "Standard Memory Active Usage"
    }
  }
  component "vCPU, idle" {
    when     = kept_hours > 0
    unit     = "vCPU-seconds"
    quantity = idle * vcpu
    price {
      service = "Azure Container Apps"
      product = "Azure Container Apps"
      sku     = "Standard"
      meter   = "Standard vCPU Idle Usage"
    }
  }
  component "Memory, idle" {
    when     = kept_hours > 0
    unit     = "GiB-seconds"
    quantity = idle * memory_gb
    price {
      service = "Azure Container Apps"
      product = "Azure Container Apps"
      sku     = "Standard"
      meter   = "Standard Memory Idle Usage"
    }
  }
  component "Requests" {
    unit     = "1M requests"
    per      = 1000000
    quantity = usage.monthly_requests
    price {
      service = "Azure Container Apps"
      product = "Azure Container Apps"
      sku     = "Standard"
      meter   = "Standard Requests"
    }
  }

  example "a replica that is kept, at work a tenth of the time" {
    region = "westeurope"
    self   = { template = [{ min_replicas = 1, container = [{ name = "web", cpu = 0.5, memory = "1Gi" }] }] }
    usage  = { monthly_requests = 2000000, monthly_active_hours = 73 }
    expect = { "vCPU, active" = 131400, "Memory, active" = 262800, "vCPU, idle" = 1182600, "Memory, idle" = 2365200, "Requests" = 2000000 }
  }
  example "down to nothing" {
    region = "westeurope"
    self   = { template = [{ container = [{ name = "web", cpu = 0.25, memory = "0.5Gi" }] }] }
    expect = { "vCPU, active" = null, "Memory, active" = null, "Requests" = null }
  }
  example "on a dedicated profile" {
    region = "westeurope"
    self   = { workload_profile_name = "D4", template = [{ container = [{ name = "web", cpu = 1, memory = "2Gi" }] }] }
    expect = {}
  }
}
