rule "azure-app-service-tier-outside-production" {
  title    = "Standard or Premium App Service plan outside production"
  on       = "azurerm_service_plan"
  severity = "warning"

  # As many vCPUs; Basic ends at four.
  table "basic" {
    S1    = "B1"
    S2    = "B2"
    S3    = "B3"
    P1v2  = "B1"
    P2v2  = "B2"
    P3v2  = "B3"
    P0v3  = "B1"
    P1v3  = "B2"
    P1mv3 = "B2"
    P2v3  = "B3"
    P2mv3 = "B3"
    P0v4  = "B1"
    P1v4  = "B2"
    P1mv4 = "B2"
    P2v4  = "B3"
    P2mv4 = "B3"
  }

  let {
    basic     = table.basic[self.sku_name]
    instances = known(self.worker_count, 1)
    scaled    = length(referrers("azurerm_monitor_autoscale_setting", "target_resource_id")) > 0
  }

  # A Basic plan has three instances at most, and neither zones nor scaling.
  when    = production == false && basic != null && instances <= 3 && self.zone_balancing_enabled != true && !scaled
  instead = { sku_name = basic }
  message = "${self.sku_name} outside production; ${basic} has as many vCPUs for a fraction of the price"

  docs {
    what       = "An App Service plan of the tier Standard or Premium, without scaling and zones, whose tags, module or project say that it is not production."
    why        = "Standard and Premium are paid for deployment slots, scaling, zones and more memory, by the hour and instance. Basic has the same vCPUs, own domains and TLS, and costs a fifth on Linux."
    ignore     = "Where apps of the plan use deployment slots, or need more than 1.75 GB of memory a vCPU."
    confidence = "medium"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://learn.microsoft.com/azure/app-service/overview-hosting-plans"
  }
}
