rule "azure-mssql-zones-outside-production" {
  title    = "Zone-redundant database outside production"
  on       = ["azurerm_mssql_database", "azurerm_mssql_elasticpool"]
  severity = "warning"

  let {
    sku = type == "azurerm_mssql_database" ? known(self.sku_name, "GP_Gen5_2") : self.sku[0].name
  }

  # Business Critical has its replicas anyway, and charges nothing for zones.
  when    = production == false && self.zone_redundant == true && startswith(sku, "GP_")
  instead = { zone_redundant = false }
  message = "${sku} outside production is spread over zones, for more than half of the vCores' price again and twice the storage's"

  docs {
    what       = "A General Purpose database or elastic pool of Azure SQL with `zone_redundant = true` whose tags, module or project say that it is not production."
    why        = "In General Purpose zone redundancy is charged on every vCore hour, and storage in three zones costs twice as much. It serves when a whole zone fails."
    ignore     = "Where the failover itself is tested, or where an outage of the environment stops many people at work."
    confidence = "high"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://learn.microsoft.com/azure/reliability/reliability-sql-database"
  }
}
