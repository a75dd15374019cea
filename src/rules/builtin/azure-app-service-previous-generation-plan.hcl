rule "azure-app-service-previous-generation-plan" {
  title    = "App Service plan of a previous generation"
  on       = "azurerm_service_plan"
  severity = "warning"

  # As many vCPUs and more memory.
  table "successor" {
    S1   = "P0v3"
    S2   = "P1v3"
    S3   = "P2v3"
    P1v2 = "P0v3"
    P2v2 = "P1v3"
    P3v2 = "P2v3"
  }

  let {
    successor = table.successor[self.sku_name]
  }

  # Outside production a Basic plan does: another rule's business.
  when    = production != false && successor != null
  instead = { sku_name = successor }
  message = "${self.sku_name} is of a previous generation; ${successor} has as many vCPUs, more memory and faster processors for less"

  docs {
    what       = "An App Service plan of the tier Standard or Premium v2 for whose size Premium v3 asks less in the same region, as it does on Linux and for Premium v2 on Windows."
    why        = "Premium v3 runs on newer machines with about twice the memory a vCPU of Standard, and its smallest size costs less than S1 on Linux and P1v2 on both systems. It can also be reserved, which the older tiers cannot."
    ignore     = "Where the plan lies on an older part of a region, from which it cannot be scaled to Premium v3: the apps then have to move to a plan in a new resource group."
    confidence = "high"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://learn.microsoft.com/azure/app-service/app-service-configure-premium-v3-tier"
  }
}
