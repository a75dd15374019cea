rule "azure-vm-previous-generation-size" {
  title    = "Virtual machine of a previous-generation size"
  on       = ["azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine", "azurerm_virtual_machine"]
  severity = "warning"

  # Series whose numbers say the vCPUs: the number stays.
  table "series" {
    rows = {
      "D_v3"   = { letter = "D", kind = "_v5" }
      "Ds_v3"  = { letter = "D", kind = "s_v5" }
      "E_v3"   = { letter = "E", kind = "_v5" }
      "Es_v3"  = { letter = "E", kind = "s_v5" }
      "Da_v4"  = { letter = "D", kind = "as_v5" }
      "Das_v4" = { letter = "D", kind = "as_v5" }
      "Ea_v4"  = { letter = "E", kind = "as_v5" }
      "Eas_v4" = { letter = "E", kind = "as_v5" }
      "F"      = { letter = "D", kind = "ls_v5" }
      "Fs"     = { letter = "D", kind = "ls_v5" }
    }
  }

  # The D series of the first and second generation count their sizes: as many vCPUs and at least as much memory.
  table "counted" {
    rows = {
      "2"  = { letter = "D", vcpus = "2" }
      "3"  = { letter = "D", vcpus = "4" }
      "4"  = { letter = "D", vcpus = "8" }
      "5"  = { letter = "D", vcpus = "16" }
      "11" = { letter = "E", vcpus = "2" }
      "12" = { letter = "E", vcpus = "4" }
      "13" = { letter = "E", vcpus = "8" }
      "14" = { letter = "E", vcpus = "16" }
      "15" = { letter = "E", vcpus = "20" }
    }
  }

  let {
    size     = coalesce(self.size, self.vm_size)
    parts    = regexall("^Standard_(DS?|E|F)([0-9]+)([a-z]*)(_v[0-9])?$", size)
    letters  = parts[0][0]
    number   = parts[0][1]
    kind     = parts[0][2]
    version  = coalesce(parts[0][3], "-") == "-" ? "" : parts[0][3]
    newer    = table.series["${letters}${kind}${version}"]
    is_old_d = contains(["D", "DS"], letters) && kind == "" && contains(["", "_v2"], version)
    counted  = is_old_d ? table.counted[number] : null
    # One vCPU is not to be had in the newer series.
    successor = newer != null && number != "1" ? "Standard_${newer.letter}${number}${newer.kind}" : (
      counted != null ? "Standard_${counted.letter}${counted.vcpus}${letters == "DS" ? "s" : ""}_v5" : null
    )
    ephemeral = coalesce(self.os_disk[0].diff_disk_settings, [])
  }

  when    = successor != null && length(ephemeral) == 0
  instead = type == "azurerm_virtual_machine" ? { vm_size = successor } : { size = successor }
  message = "${size} is of a previous generation; ${successor} has as many vCPUs, no less memory and faster processors for less"

  docs {
    what       = "A virtual machine of the series D, DS, F or Fs, of Dv2, DSv2, Dv3, Dsv3, Ev3 or Esv3, or of Dav4, Dasv4, Eav4 or Easv4, for whose size the fifth generation asks less in the same region."
    why        = "Old series keep their price while new ones are faster and often cheaper. Azure takes D, DS, Dv2, DSv2, F and Fs out of service in 2028: the move is due in any case."
    ignore     = "Where the temporary disk of the old size is used: the new sizes have none. Azure does not resize a running machine to a size without that disk; it is made anew from its disks. Images of generation 1 run on both."
    confidence = "high"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://learn.microsoft.com/azure/virtual-machines/sizes/previous-gen-sizes-list"
  }
}
