# Tasks, groups of containers and queues with round prices that never change. What they need, and which stands for which,
# says the catalog.

resource "aws_ecs_service" {
  docs = "https://services.example/prices"

  let {
    task = ref("task_definition", "aws_ecs_task_definition")
  }

  component "Per vCPU per hour" {
    unit     = "vCPU-hours"
    quantity = self.desired_count * tonumber(task.cpu) / 1024 * 730
    rate {
      price    = 0.05
      currency = "USD"
      source   = "https://services.example/prices"
      as_of    = "2026-10-01"
    }
  }
}

resource "azurerm_container_group" {
  docs = "https://services.example/prices"
  usage {
    monthly_hrs = null
  }

  component "vCPU" {
    unit     = "vCPU-hours"
    quantity = sum([for container in self.container : container.cpu]) * 730
    rate {
      price    = 0.02
      currency = "USD"
      source   = "https://services.example/prices"
      as_of    = "2026-10-01"
    }
  }
}

resource "aws_sqs_queue" {
  docs = "https://services.example/prices"
  usage {
    monthly_requests = null
    request_size_kb  = 64
  }

  component "Requests" {
    unit     = "requests"
    quantity = usage.monthly_requests
    rate {
      price    = 0.0000004
      currency = "USD"
      source   = "https://services.example/prices"
      as_of    = "2026-10-01"
    }
  }
}

resource "azurerm_servicebus_namespace" {
  docs = "https://services.example/prices"
  usage {
    monthly_messaging_operations = null
    monthly_brokered_connections = null
  }

  component "Messaging operations" {
    unit     = "operations"
    quantity = usage.monthly_messaging_operations
    rate {
      price    = 0.00000005
      currency = "USD"
      source   = "https://services.example/prices"
      as_of    = "2026-10-01"
    }
  }
}
