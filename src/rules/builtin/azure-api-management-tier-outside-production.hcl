rule "azure-api-management-tier-outside-production" {
  title    = "Production tier of API Management outside production"
  on       = "azurerm_api_management"
  severity = "warning"

  let {
    tier      = split("_", self.sku_name)[0]
    # Only Premium spreads over regions and zones.
    is_spread = length(coalesce(self.additional_location, [])) > 0 || length(coalesce(self.zones, [])) > 0
  }

  # The v2 tiers have no developer tier, and no way to one of the older.
  when    = production == false && contains(["Basic", "Standard", "Premium"], tier) && !is_spread
  instead = { sku_name = "Developer_1" }
  message = "${self.sku_name} outside production; Developer_1 has the same features without the availability promised"

  docs {
    what       = "An API Management service of the tier Basic, Standard or Premium, in one region, whose tags, module or project say that it is not production."
    why        = "The tiers for production are paid for availability and throughput. Developer is made for tests, has the features of Premium in one unit, virtual networks included, and costs a third of Basic and a sixtieth of Premium."
    ignore     = "Where load is tested, or an outage of the environment stops many people at work: Developer promises no availability and is down while it is updated. The change itself takes the gateway away for up to an hour."
    confidence = "high"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://learn.microsoft.com/azure/api-management/api-management-features"
  }
}
