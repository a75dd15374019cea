# vCPUs and memory by size in lower case; kubernetes/autoscaler cluster-autoscaler/cloudprovider/azure, Apache-2.0.
table "azure_vm_size" {
  csv = "vm_size.csv"
  key = "size"
}

# The disk of a node.
template "azure_node_disk" {
  input "size" { type = string }

  # GiB; without it the service chooses by the size's vCPUs.
  input "size_gb" {
    type    = number
    default = null
  }

  input "operations" {
    type    = number
    default = null
  }

  let {
    vcpu   = coalesce(table.azure_vm_size[lower(size)].vcpu, 2)
    chosen = vcpu < 8 ? 128 : (vcpu < 16 ? 256 : (vcpu < 64 ? 512 : 1024))
    # An `s` behind the number, or the older DS, GS and LS: the size takes premium disks.
    is_premium = length(regexall("^standard_(ds|gs|ls|[a-z]+[0-9]+(-[0-9]+)?[a-z]*s)", lower(size))) > 0
  }

  use "azure_disk" {
    type    = is_premium ? "Premium_LRS" : "Standard_LRS"
    size_gb = coalesce(size_gb, chosen)

    operations = operations
  }
}

resource "azurerm_kubernetes_cluster" {
  docs = "https://azure.microsoft.com/pricing/details/kubernetes-service/"

  usage {
    load_balancer = {
      # Data that passes the cluster's load balancer a month, inbound and outbound, in GB.
      monthly_data_processed_gb = null
    }
    default_node_pool = {
      # Nodes that run, on average, where the pool scales.
      nodes = null
      os_disk = {
        # Writes, reads and deletes a month and node, in units of 256 KiB; only Standard disks are billed by them.
        monthly_disk_operations = null
      }
    }
  }

  let {
    tier  = coalesce(self.sku_tier, "Free")
    pool  = self.default_node_pool[0]
    nodes = coalesce(usage.default_node_pool.nodes, known(pool.node_count, null), pool.min_count, 1)
  }

  component "Uptime SLA" {
    when     = tier == "Standard" || tier == "Paid"
    unit     = "hours"
    quantity = 730
    price {
      service = "Azure Kubernetes Service"
      product = "Azure Kubernetes Service"
      sku     = "Standard"
      meter   = "Standard Uptime SLA"
    }
  }

  component "Long term support" {
    when     = tier == "Premium"
    unit     = "hours"
    quantity = 730
    price {
      service = "Azure Kubernetes Service"
      product = "Azure Kubernetes Service"
      sku     = "Standard"
      meter   = "Standard Long Term Support"
    }
  }

  part "default_node_pool" {
    times = nodes

    use "azure_machine" {
      size = pool.vm_size
      # The first pool of a cluster is always a Linux pool.
      os = "Linux"
    }

    part "os_disk" {
      when = known(pool.os_disk_type, "Managed") != "Ephemeral"

      use "azure_node_disk" {
        size       = pool.vm_size
        size_gb    = known(pool.os_disk_size_gb, null)
        operations = usage.default_node_pool.os_disk.monthly_disk_operations
      }
    }
  }

  part "Load Balancer" {
    when = lower(known(self.network_profile[0].load_balancer_sku, "standard")) == "standard"

    component "Data processed" {
      unit     = "GB"
      quantity = usage.load_balancer.monthly_data_processed_gb
      price {
        service = "Load Balancer"
        product = "Load Balancer"
        sku     = "Standard"
        meter   = "Standard Data Processed"
      }
    }
  }

  example "a free cluster with three nodes" {
    region = "westeurope"
    self   = { sku_tier = "Free", default_node_pool = [{ vm_size = "Standard_D2s_v5", node_count = 3 }] }
    expect = { "default_node_pool/Instance usage" = 2190, "default_node_pool/os_disk/Storage" = 3, "Load Balancer/Data processed" = null }
  }

  example "a paid cluster that scales from two nodes" {
    region = "westeurope"
    self   = { sku_tier = "Standard", default_node_pool = [{ vm_size = "Standard_D2_v2", min_count = 2, os_disk_size_gb = 64 }] }
    usage  = { load_balancer = { monthly_data_processed_gb = 100 } }
    expect = {
      "Uptime SLA"                                = 730
      "default_node_pool/Instance usage"          = 1460
      "default_node_pool/os_disk/Storage"         = 2
      "default_node_pool/os_disk/Disk operations" = null
      "Load Balancer/Data processed"              = 100
    }
  }

  example "long term support, and disks on the hosts" {
    region = "westeurope"
    self   = { sku_tier = "Premium", default_node_pool = [{ vm_size = "Standard_D16s_v5", node_count = 1, os_disk_type = "Ephemeral" }] }
    expect = { "Long term support" = 730, "default_node_pool/Instance usage" = 730, "Load Balancer/Data processed" = null }
  }
}

resource "azurerm_kubernetes_cluster_node_pool" {
  docs = "https://azure.microsoft.com/pricing/details/kubernetes-service/"

  usage {
    # Nodes that run, on average, where the pool scales.
    nodes = null
    os_disk = {
      # Writes, reads and deletes a month and node, in units of 256 KiB; only Standard disks are billed by them.
      monthly_disk_operations = null
    }
  }

  let {
    nodes      = coalesce(usage.nodes, known(self.node_count, null), self.min_count, 1)
    is_windows = self.os_type == "Windows" || startswith(known(self.os_sku, "-"), "Windows")
  }

  use "azure_machine" {
    times    = nodes
    size     = self.vm_size
    os       = is_windows ? "Windows" : "Linux"
    priority = self.priority
  }

  part "os_disk" {
    when  = known(self.os_disk_type, "Managed") != "Ephemeral"
    times = nodes

    use "azure_node_disk" {
      size       = self.vm_size
      size_gb    = known(self.os_disk_size_gb, null)
      operations = usage.os_disk.monthly_disk_operations
    }
  }

  example "two Windows nodes" {
    region = "westeurope"
    self   = { vm_size = "Standard_D4s_v5", node_count = 2, os_type = "Windows" }
    expect = { "Instance usage" = 1460, "os_disk/Storage" = 2 }
  }

  example "spot nodes with disks on the hosts" {
    region = "westeurope"
    self   = { vm_size = "Standard_D4s_v5", min_count = 1, priority = "Spot", os_disk_type = "Ephemeral" }
    expect = { "Instance usage" = 730 }
  }

  example "a pool scaled to zero" {
    region = "westeurope"
    self   = { vm_size = "Standard_D4s_v5", node_count = 0 }
    expect = { "Instance usage" = 0, "os_disk/Storage" = 0 }
  }
}
