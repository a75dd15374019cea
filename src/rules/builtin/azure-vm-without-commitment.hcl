rule "azure-vm-without-commitment" {
  title    = "Large machine by the hour all month"
  on       = ["azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine", "azurerm_virtual_machine"]
  severity = "note"

  let {
    is_spot = known(self.priority, "Regular") == "Spot"
  }

  when    = coalesce(production, true) && !is_spot && coalesce(usage.monthly_hrs, 730) >= 730 && monthly >= 250
  message = "this ${coalesce(self.size, self.vm_size)} is paid by the hour all month for ${floor(monthly)}; a reservation or a savings plan for a year or three would lower its price"

  docs {
    what       = "A machine for 250 or more a month that runs at all hours, is no Spot machine and not outside production."
    why        = "For the promise of a steady use a reservation takes up to 72 % off the price by the hour, and a savings plan, which follows to other sizes and regions, up to 65 %."
    ignore     = "Where reservations of the billing account cover it already; a discount in lepton.hcl says so. Choose size and series first: a reservation binds to what runs then."
    confidence = "low"
    effort     = "medium"
    restart    = false
    rollback   = false
    url        = "https://learn.microsoft.com/azure/cost-management-billing/savings-plan/decide-between-savings-plan-reservation"
  }
}
