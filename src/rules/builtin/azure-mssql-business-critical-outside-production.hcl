rule "azure-mssql-business-critical-outside-production" {
  title    = "Business Critical database outside production"
  on       = "azurerm_mssql_database"
  severity = "warning"

  let {
    sku     = known(self.sku_name, "-")
    general = replace(sku, "BC_", "GP_")
  }

  # The other hardware of this tier has no twin in General Purpose.
  when = production == false && startswith(sku, "BC_Gen5_")
  # Readable replicas are this tier's own, and zones are free of charge in it alone.
  instead = merge(
    { sku_name = general },
    self.read_scale == true ? { read_scale = false } : {},
    self.zone_redundant == true ? { zone_redundant = false } : {},
  )
  message = "${sku} outside production keeps four copies on local disks; ${general} has the same vCores for less than half"

  docs {
    what       = "An Azure SQL database with a `sku_name` BC_Gen5_… whose tags, module or project say that it is not production."
    why        = "Business Critical runs four replicas with local SSDs. Its vCores cost twice as much as those of General Purpose, its SQL licence almost four times, its storage twice."
    ignore     = "Where tests measure latency, or use in-memory tables or the readable replica, which General Purpose does not have."
    confidence = "high"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://learn.microsoft.com/azure/azure-sql/database/service-tiers-vcore"
  }
}
