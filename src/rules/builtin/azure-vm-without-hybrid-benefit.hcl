rule "azure-vm-without-hybrid-benefit" {
  title    = "Windows machine that rents its licence"
  on       = ["azurerm_windows_virtual_machine", "azurerm_windows_virtual_machine_scale_set"]
  severity = "note"

  let {
    licence = known(self.license_type, "None")
    image   = lower(known(self.source_image_reference[0].publisher, "-"))
    # Windows 10 and 11 have a licence of their own.
    owned   = image == "microsoftwindowsdesktop" ? "Windows_Client" : "Windows_Server"
  }

  when    = contains(["None", ""], licence) && known(self.priority, "Regular") != "Spot"
  instead = { license_type = owned }
  message = "this machine pays for Windows by the hour; with licences that you own and `license_type = \"${owned}\"` it pays for the hardware only"

  docs {
    what       = "A Windows virtual machine or scale set without `license_type`."
    why        = "The licence is a large part of the price: on a machine with four vCPUs about 130 USD a month. Azure Hybrid Benefit takes it off where licences with Software Assurance, or a subscription for Windows Server, are at hand."
    ignore     = "Where no such licences are owned, or all of them are in use: Azure does not check, but an audit does."
    confidence = "low"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://learn.microsoft.com/windows-server/get-started/azure-hybrid-benefit"
  }
}
