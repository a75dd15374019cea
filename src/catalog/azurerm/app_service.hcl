# The meter of a plan: "SYSTEM/SKU" in upper case behind the slash.
table "app_service_plan" {
  csv = "app_service_plan.csv"
  key = "key"
}

# Elastic premium and workflow plans are billed by what an instance has.
table "elastic_plan" {
  rows = {
    EP1 = { vcpu = 1, memory_gb = 3.5 }
    EP2 = { vcpu = 2, memory_gb = 7 }
    EP3 = { vcpu = 4, memory_gb = 14 }
    WS1 = { vcpu = 1, memory_gb = 3.5 }
    WS2 = { vcpu = 2, memory_gb = 7 }
    WS3 = { vcpu = 4, memory_gb = 14 }
  }
}

template "app_service_plan" {
  # `Linux`, `Windows` or `WindowsContainer`.
  input "os" { type = string }

  input "sku" { type = string }

  input "instances" { type = number }

  let {
    plan    = table.app_service_plan["${os}/${upper(sku)}"]
    elastic = table.elastic_plan[upper(sku)]
    is_flow = startswith(upper(sku), "WS")
  }

  component "Instance usage" {
    when     = elastic == null
    unit     = "hours"
    quantity = 730 * instances
    detail   = sku
    price {
      service = "Azure App Service"
      product = plan.product
      sku     = plan.sku
      meter   = plan.meter
    }
  }

  component "vCPU" {
    when     = elastic != null
    unit     = "vCPU"
    quantity = elastic.vcpu * instances
    detail   = upper(sku)
    price {
      service = is_flow ? "Logic Apps" : "Functions"
      product = is_flow ? "Logic Apps" : "Premium Functions"
      sku     = is_flow ? "Standard" : "Premium"
      meter   = is_flow ? "Standard vCPU Duration" : "Premium vCPU Duration"
      times   = 730
    }
  }

  component "Memory" {
    when     = elastic != null
    unit     = "GB"
    quantity = elastic.memory_gb * instances
    detail   = upper(sku)
    price {
      service = is_flow ? "Logic Apps" : "Functions"
      product = is_flow ? "Logic Apps" : "Premium Functions"
      sku     = is_flow ? "Standard" : "Premium"
      meter   = is_flow ? "Standard Memory Duration" : "Premium Memory Duration"
      times   = 730
    }
  }
}

resource "azurerm_service_plan" {
  docs = "https://azure.microsoft.com/pricing/details/app-service/linux/"
  # The free plan, and plans that are billed by executions of their functions.
  free = contains(["F1", "FREE", "Y1", "FC1"], upper(self.sku_name))

  use "app_service_plan" {
    os        = self.os_type
    sku       = self.sku_name
    instances = coalesce(known(self.worker_count, null), 1)
  }

  example "two Linux instances" {
    region = "westeurope"
    self   = { os_type = "Linux", sku_name = "P1v2", worker_count = 2 }
    expect = { "Instance usage" = 1460 }
  }

  example "a shared Windows plan" {
    region = "westeurope"
    self   = { os_type = "Windows", sku_name = "SHARED" }
    expect = { "Instance usage" = 730 }
  }

  example "an elastic premium plan" {
    region = "westeurope"
    self   = { os_type = "Linux", sku_name = "EP2", worker_count = 2 }
    expect = { "vCPU" = 4, "Memory" = 14 }
  }

  example "a consumption plan costs nothing by itself" {
    region = "westeurope"
    self   = { os_type = "Linux", sku_name = "Y1" }
    expect = {}
  }
}

# The older plan type, where `kind` says the system and the SKU is a block.
resource "azurerm_app_service_plan" {
  docs = "https://azure.microsoft.com/pricing/details/app-service/windows/"
  free = contains(["F1", "FREE", "Y1"], upper(self.sku[0].size)) || contains(["dynamic", "free"], lower(self.sku[0].tier))

  let {
    kind = lower(coalesce(self.kind, "Windows"))
    # P1 of tier Premium is the first generation; PC2 names a Windows container plan.
    size = length(regexall("^[Pp][0-9]$", self.sku[0].size)) > 0 ? "${self.sku[0].size}v1" : self.sku[0].size
  }

  use "app_service_plan" {
    os        = startswith(upper(size), "PC") ? "WindowsContainer" : (kind == "linux" || self.reserved == true ? "Linux" : "Windows")
    sku       = size
    instances = coalesce(known(self.sku[0].capacity, null), 1)
  }

  example "a standard Windows plan" {
    region = "westeurope"
    self   = { kind = "Windows", sku = [{ tier = "Standard", size = "S1", capacity = 1 }] }
    expect = { "Instance usage" = 730 }
  }

  example "a Linux plan with three instances" {
    region = "westeurope"
    self   = { kind = "Linux", reserved = true, sku = [{ tier = "Basic", size = "B2", capacity = 3 }] }
    expect = { "Instance usage" = 2190 }
  }

  example "an elastic plan" {
    region = "westeurope"
    self   = { kind = "elastic", sku = [{ tier = "ElasticPremium", size = "EP1" }] }
    expect = { "vCPU" = 1, "Memory" = 3.5 }
  }

  example "a consumption plan" {
    region = "westeurope"
    self   = { kind = "FunctionApp", sku = [{ tier = "Dynamic", size = "Y1" }] }
    expect = {}
  }
}

# Functions on a consumption plan are billed by execution; on every other plan, the plan is billed.
template "function_consumption" {
  # Null if the plan is not in sight.
  input "plan_sku" {
    type    = string
    default = null
  }

  let {
    is_consumption = contains(["Y1", "DYNAMIC"], upper(coalesce(plan_sku, "Y1")))
    # Memory is rounded up to 128 MB, a run lasts at least 100 ms.
    gb      = ceil(usage.memory_mb / 128) * 128 / 1024
    seconds = max(100, usage.execution_duration_ms) / 1000
  }

  component "Execution time" {
    when     = is_consumption
    unit     = "GB-seconds"
    quantity = usage.monthly_executions * gb * seconds
    price {
      service = "Functions"
      product = "Functions"
      sku     = "Standard"
      meter   = "Standard Execution Time"
    }
  }

  component "Executions" {
    when     = is_consumption
    unit     = "1M requests"
    per      = 1000000
    quantity = usage.monthly_executions
    price {
      service = "Functions"
      product = "Functions"
      sku     = "Standard"
      meter   = "Standard Total Executions"
    }
  }
}

resource "azurerm_linux_function_app" {
  docs = "https://azure.microsoft.com/pricing/details/functions/"

  usage {
    # Executions a month, on a consumption plan.
    monthly_executions = null
    # Mean time of an execution in milliseconds.
    execution_duration_ms = null
    # Mean memory of an execution in MB.
    memory_mb = null
  }

  use "function_consumption" {
    plan_sku = ref("service_plan_id").sku_name
  }

  example "a million executions on a consumption plan" {
    region = "westeurope"
    self   = { name = "app" }
    refs   = { "service_plan_id" = { sku_name = "Y1" } }
    usage  = { monthly_executions = 1000000, execution_duration_ms = 50, memory_mb = 200 }
    expect = { "Execution time" = 25000, "Executions" = 1000000 }
  }

  example "on an app service plan the plan is billed" {
    region = "westeurope"
    self   = { name = "app" }
    refs   = { "service_plan_id" = { sku_name = "P1v2" } }
    expect = {}
  }
}

resource "azurerm_windows_function_app" {
  docs = "https://azure.microsoft.com/pricing/details/functions/"

  usage {
    # Executions a month, on a consumption plan.
    monthly_executions = null
    # Mean time of an execution in milliseconds.
    execution_duration_ms = null
    # Mean memory of an execution in MB.
    memory_mb = null
  }

  use "function_consumption" {
    plan_sku = ref("service_plan_id").sku_name
  }

  example "nobody says how often it runs" {
    region = "westeurope"
    self   = { name = "app" }
    refs   = { "service_plan_id" = { sku_name = "Y1" } }
    expect = { "Execution time" = null, "Executions" = null }
  }
}

resource "azurerm_function_app" {
  docs = "https://azure.microsoft.com/pricing/details/functions/"

  usage {
    # Executions a month, on a consumption plan.
    monthly_executions = null
    # Mean time of an execution in milliseconds.
    execution_duration_ms = null
    # Mean memory of an execution in MB.
    memory_mb = null
  }

  use "function_consumption" {
    plan_sku = ref("app_service_plan_id").sku[0].size
  }

  example "an older app on a consumption plan" {
    region = "westeurope"
    self   = { name = "app" }
    refs   = { "app_service_plan_id" = { sku = [{ tier = "Dynamic", size = "Y1" }] } }
    usage  = { monthly_executions = 3000000, execution_duration_ms = 1000, memory_mb = 512 }
    expect = { "Execution time" = 1500000, "Executions" = 3000000 }
  }
}
