rule "azure-vm-intel-size" {
  title = "Intel size that AMD gives for less"
  on = [
    "azurerm_linux_virtual_machine",
    "azurerm_windows_virtual_machine",
    "azurerm_virtual_machine",
    "azurerm_linux_virtual_machine_scale_set",
    "azurerm_windows_virtual_machine_scale_set",
    "azurerm_kubernetes_cluster_node_pool",
  ]
  severity = "note"

  # The same vCPUs and memory, with a local disk where there was one.
  table "twin" {
    rows = {
      "_v4"   = "as_v5"
      "s_v4"  = "as_v5"
      "d_v4"  = "ads_v5"
      "ds_v4" = "ads_v5"
      "_v5"   = "as_v5"
      "s_v5"  = "as_v5"
      "d_v5"  = "ads_v5"
      "ds_v5" = "ads_v5"
      "s_v6"  = "as_v6"
      "ds_v6" = "ads_v6"
    }
  }

  # Low-memory sizes exist of D only, burstable ones of B only.
  table "twin_of_letter" {
    rows = {
      "Dls_v6"  = "als_v6"
      "Dlds_v6" = "alds_v6"
      "Bs_v2"   = "as_v2"
      "Bls_v2"  = "als_v2"
    }
  }

  table "vcpus" {
    B = ["2", "4", "8", "16", "32"]
    D = ["2", "4", "8", "16", "32", "48", "64", "96"]
    # 96 vCPUs have less memory on AMD in the sixth generation.
    E = ["2", "4", "8", "16", "20", "32", "48", "64"]
  }

  let {
    is_set  = endswith(type, "_scale_set")
    size    = is_set ? self.sku : coalesce(self.size, self.vm_size)
    parts   = regexall("^Standard_([BDE])([0-9]+)([a-z]*_v[0-9])$", size)
    letter  = parts[0][0]
    number  = parts[0][1]
    kind    = parts[0][2]
    general = letter == "B" ? null : table.twin[kind]
    twin    = general != null ? general : table.twin_of_letter["${letter}${kind}"]
    amd     = "Standard_${letter}${number}${twin}"
  }

  when    = twin != null && contains(table.vcpus[letter], number)
  instead = is_set ? { sku = amd } : (self.vm_size != null ? { vm_size = amd } : { size = amd })
  message = "${size} has Intel processors; ${amd} has as many vCPUs and as much memory on AMD for less"

  docs {
    what       = "A virtual machine, a scale set or an AKS node pool on a D, E or B size with Intel processors, where the region offers the AMD size of the same generation for less."
    why        = "AMD sizes cost about a tenth less an hour and run the same x86 images."
    ignore     = "Where the software is licensed or tested for Intel only, uses its instruction sets (AMX, some AVX-512), nests virtual machines, or the region lacks quota for AMD sizes."
    confidence = "high"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/dasv5-series"
  }
}
