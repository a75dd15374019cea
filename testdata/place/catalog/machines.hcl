# Machines with round prices that never change: what is tested here is placement, not the book.

table "place_machine" {
  rows = {
    "m5.large"         = { cloud = "aws", hour = 0.10, vcpu = 2, memory_gb = 8 }
    "m5.xlarge"        = { cloud = "aws", hour = 0.20, vcpu = 4, memory_gb = 16 }
    "m5.2xlarge"       = { cloud = "aws", hour = 0.40, vcpu = 8, memory_gb = 32 }
    "p3.2xlarge"       = { cloud = "aws", hour = 3.00, vcpu = 8, memory_gb = 61, gpus = 1 }
    "n2-standard-2"    = { cloud = "google", hour = 0.06, vcpu = 2, memory_gb = 8 }
    "n2-standard-4"    = { cloud = "google", hour = 0.12, vcpu = 4, memory_gb = 16 }
    "n2-standard-8"    = { cloud = "google", hour = 0.24, vcpu = 8, memory_gb = 32 }
    "Standard_D2s_v5"  = { cloud = "azure", hour = 0.09, vcpu = 2, memory_gb = 8 }
    "Standard_D4s_v5"  = { cloud = "azure", hour = 0.18, vcpu = 4, memory_gb = 16 }
    "Standard_D8s_v5"  = { cloud = "azure", hour = 0.36, vcpu = 8, memory_gb = 32 }
  }
}

resource "aws_instance" {
  docs = "https://machines.example/prices"

  usage {
    # Hours a month that it runs.
    monthly_hrs = null
  }

  component "Running" {
    detail   = self.instance_type
    unit     = "hours"
    quantity = coalesce(usage.monthly_hrs, 730)
    rate {
      price    = table.place_machine[self.instance_type].hour
      currency = "USD"
      source   = "https://machines.example/prices"
      as_of    = "2026-10-01"
    }
  }
}

# A group of m5.large.
resource "aws_autoscaling_group" {
  docs = "https://machines.example/prices"

  component "Running" {
    unit     = "hours"
    quantity = 730 * self.desired_capacity
    rate {
      price    = table.place_machine["m5.large"].hour
      currency = "USD"
      source   = "https://machines.example/prices"
      as_of    = "2026-10-01"
    }
  }
}

resource "google_compute_instance" {
  docs = "https://machines.example/prices"

  component "Running" {
    detail   = self.machine_type
    unit     = "hours"
    quantity = 730
    rate {
      price    = table.place_machine[self.machine_type].hour
      currency = "USD"
      source   = "https://machines.example/prices"
      as_of    = "2026-10-01"
    }
  }
}

resource "azurerm_linux_virtual_machine" {
  docs = "https://machines.example/prices"

  component "Running" {
    detail   = self.size
    unit     = "hours"
    quantity = 730
    rate {
      price    = table.place_machine[self.size].hour
      currency = "USD"
      source   = "https://machines.example/prices"
      as_of    = "2026-10-01"
    }
  }
}

resource "aws_nat_gateway" {
  docs = "https://machines.example/prices"

  usage {
    # GB that pass it a month.
    monthly_data_processed_gb = null
  }

  component "Gateway" {
    unit     = "hours"
    quantity = 730
    rate {
      price    = 0.05
      currency = "USD"
      source   = "https://machines.example/prices"
      as_of    = "2026-10-01"
    }
  }

  component "Data processed" {
    unit     = "GB"
    quantity = usage.monthly_data_processed_gb
    optional = true
    rate {
      price    = 0.045
      currency = "USD"
      source   = "https://machines.example/prices"
      as_of    = "2026-10-01"
    }
  }
}

resource "aws_elb" {
  docs = "https://machines.example/prices"

  usage {
    # GB that pass it a month.
    monthly_data_processed_gb = null
  }

  component "Balancing" {
    unit     = "hours"
    quantity = 730
    rate {
      price    = 0.02
      currency = "USD"
      source   = "https://machines.example/prices"
      as_of    = "2026-10-01"
    }
  }

  component "Data processed" {
    unit     = "GB"
    quantity = usage.monthly_data_processed_gb
    rate {
      price    = 0.008
      currency = "USD"
      source   = "https://machines.example/prices"
      as_of    = "2026-10-01"
    }
  }
}

workload "aws_instance" {
  concept   = "vm"
  wants     = "machine"
  size      = self.instance_type
  vcpu      = table.place_machine[self.instance_type].vcpu
  memory_gb = table.place_machine[self.instance_type].memory_gb
  gpus      = coalesce(table.place_machine[self.instance_type].gpus, 0)
  arch      = "amd64"
}

workload "aws_autoscaling_group" {
  concept   = "vm-group"
  wants     = "machine"
  size      = "m5.large"
  vcpu      = table.place_machine["m5.large"].vcpu
  memory_gb = table.place_machine["m5.large"].memory_gb
  arch      = "amd64"
  count     = self.desired_capacity
  min       = self.min_size
  max       = self.max_size
}

offer "aws_instance" {
  concept   = "machine"
  provider  = "aws"
  type      = "aws_instance"
  option    = "on demand"
  for_each  = { for name, type in table.place_machine : name => type if type.cloud == "aws" }
  size      = each.key
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_gb
  gpus      = coalesce(each.value.gpus, 0)
  arch      = "amd64"
  self      = { instance_type = each.key }
  usage     = { monthly_hrs = coalesce(need.hours, 730) }
}

offer "google_compute_instance" {
  concept   = "machine"
  provider  = "google"
  type      = "google_compute_instance"
  option    = "on demand"
  for_each  = { for name, type in table.place_machine : name => type if type.cloud == "google" }
  size      = each.key
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_gb
  arch      = "amd64"
  self      = { machine_type = each.key }
}

offer "azurerm_linux_virtual_machine" {
  concept   = "machine"
  provider  = "azure"
  type      = "azurerm_linux_virtual_machine"
  option    = "on demand"
  for_each  = { for name, type in table.place_machine : name => type if type.cloud == "azure" }
  size      = each.key
  vcpu      = each.value.vcpu
  memory_gb = each.value.memory_gb
  arch      = "amd64"
  self      = { size = each.key }
}

resource "aws_s3_bucket" {
  docs = "https://machines.example/prices"

  usage {
    # Of the standard class.
    standard = {
      # GB stored.
      storage_gb = null
      # Requests a month that read.
      monthly_tier_2_requests = null
    }
  }

  component "Storage" {
    unit     = "GB"
    quantity = usage.standard.storage_gb
    rate {
      price    = 0.023
      currency = "USD"
      source   = "https://machines.example/prices"
      as_of    = "2026-10-01"
    }
  }

  example "a bucket" {
    self   = { bucket = "data" }
    usage  = { standard = { storage_gb = 1000 } }
    expect = { "Storage" = 1000 }
  }
}

resource "aws_vpc_endpoint" {
  docs = "https://machines.example/prices"

  usage {
    # GB that pass it a month.
    monthly_data_processed_gb = null
  }

  component "Endpoint" {
    unit     = "hours"
    quantity = 730
    rate {
      price    = 0.01
      currency = "USD"
      source   = "https://machines.example/prices"
      as_of    = "2026-10-01"
    }
  }

  component "Data processed" {
    unit     = "GB"
    quantity = usage.monthly_data_processed_gb
    optional = true
    rate {
      price    = 0.01
      currency = "USD"
      source   = "https://machines.example/prices"
      as_of    = "2026-10-01"
    }
  }
}
