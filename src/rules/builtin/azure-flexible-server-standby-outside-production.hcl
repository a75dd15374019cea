rule "azure-flexible-server-standby-outside-production" {
  title    = "Standby of a database server outside production"
  on       = ["azurerm_postgresql_flexible_server", "azurerm_mysql_flexible_server"]
  severity = "warning"

  when    = production == false && length(coalesce(self.high_availability, [])) > 0
  instead = { high_availability = [] }
  message = "this ${self.sku_name} outside production has a standby, at the price of a second server with its storage"

  docs {
    what       = "A flexible server for PostgreSQL or MySQL with a `high_availability` block whose tags, module or project say that it is not production."
    why        = "The standby answers no queries. It doubles the price of the vCores and of the storage, for a failover within a minute or two that a test environment seldom needs."
    ignore     = "Where failover itself is tested, or where an outage of the environment stops many people at work."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-high-availability"
  }
}
