rule "azure-aks-x86-node-pool" {
  title    = "Kubernetes nodes on x86 that have an Arm twin"
  on       = ["azurerm_kubernetes_cluster", "azurerm_kubernetes_cluster_node_pool"]
  severity = "note"

  # As many vCPUs and as much memory, with a local disk where there was one.
  table "twin" {
    rows = {
      "Ds_v5"    = "ps_v5"
      "Das_v5"   = "ps_v5"
      "Dds_v5"   = "pds_v5"
      "Dads_v5"  = "pds_v5"
      "Dls_v5"   = "pls_v5"
      "Dlds_v5"  = "plds_v5"
      "Es_v5"    = "ps_v5"
      "Eas_v5"   = "ps_v5"
      "Eds_v5"   = "pds_v5"
      "Eads_v5"  = "pds_v5"
      "Ds_v6"    = "ps_v6"
      "Das_v6"   = "ps_v6"
      "Dds_v6"   = "pds_v6"
      "Dads_v6"  = "pds_v6"
      "Dls_v6"   = "pls_v6"
      "Dals_v6"  = "pls_v6"
      "Dlds_v6"  = "plds_v6"
      "Dalds_v6" = "plds_v6"
      "Es_v6"    = "ps_v6"
      "Eas_v6"   = "ps_v6"
      "Eds_v6"   = "pds_v6"
      "Eads_v6"  = "pds_v6"
    }
  }

  # Sizes at which the twin has as much memory.
  table "vcpus" {
    rows = {
      "D_v5" = ["2", "4", "8", "16", "32", "48"]
      "E_v5" = ["2", "4", "8", "16", "20"]
      "D_v6" = ["2", "4", "8", "16", "32", "48", "64", "96"]
      "E_v6" = ["2", "4", "8", "16", "32", "48", "64"]
    }
  }

  let {
    is_cluster = type == "azurerm_kubernetes_cluster"
    size       = is_cluster ? self.default_node_pool[0].vm_size : self.vm_size
    is_windows = self.os_type == "Windows" || startswith(known(self.os_sku, "-"), "Windows")
    parts      = regexall("^Standard_([DE])([0-9]+)([a-z]+)(_v[56])$", size)
    letter     = parts[0][0]
    number     = parts[0][1]
    version    = parts[0][3]
    twin       = table.twin["${letter}${parts[0][2]}${version}"]
    arm        = "Standard_${letter}${number}${twin}"
  }

  when    = twin != null && contains(table.vcpus["${letter}${version}"], number) && !is_windows
  instead = is_cluster ? { default_node_pool = [{ vm_size = arm }] } : { vm_size = arm }
  message = "the nodes are ${size}; ${arm} has as many vCPUs and as much memory on Arm for less"

  docs {
    what       = "An AKS node pool with Linux on D or E sizes of the fifth or sixth generation with Intel or AMD processors, where the region offers the Arm size with as much memory for less."
    why        = "Arm sizes cost a fifth to a third less than Intel's an hour, and each of their vCPUs is a whole core. AKS brings the node image itself."
    ignore     = "Where images of the workloads are not built for arm64, or agents and add-ons on every node are not. A pool beside the old one lets them move one by one."
    confidence = "medium"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://learn.microsoft.com/azure/aks/use-arm64-vms"
  }
}
