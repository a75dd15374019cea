rule "azure-firewall-premium-outside-production" {
  title    = "Premium firewall outside production"
  on       = "azurerm_firewall"
  severity = "warning"

  when    = production == false && self.sku_tier == "Premium"
  instead = { sku_tier = "Standard" }
  message = "this firewall outside production is Premium; Standard filters the same networks and names for two thirds of the price"

  docs {
    what       = "An Azure Firewall with `sku_tier = \"Premium\"` whose tags, module or project say that it is not production."
    why        = "Premium adds TLS inspection, intrusion detection and categories of web sites, for 0.50 USD more with every hour, busy or not."
    ignore     = "Where these are what is tested, or where the firewall also guards production networks. Its policy, if it has one, has to be replaced by a Standard one, since those of Premium do not fit."
    confidence = "medium"
    effort     = "medium"
    restart    = false
    rollback   = true
    url        = "https://learn.microsoft.com/azure/firewall/change-sku"
  }
}
