rule "azure-mssql-provisioned-outside-production" {
  title    = "Database outside production that never pauses"
  on       = "azurerm_mssql_database"
  severity = "note"

  let {
    # Without a SKU two provisioned vCores are taken.
    sku        = known(self.sku_name, "GP_Gen5_2")
    serverless = replace(sku, "GP_Gen5_", "GP_S_Gen5_")
    in_pool    = ref("elastic_pool_id") != null || known(self.elastic_pool_id, "") != ""
  }

  when = production == false && startswith(sku, "GP_Gen5_") && !in_pool
  # A licence that is owned counts for provisioned vCores only.
  instead = merge(
    { sku_name = serverless, auto_pause_delay_in_minutes = 60 },
    known(self.license_type, null) == null ? {} : { license_type = null },
  )
  message = "${sku} outside production is paid for day and night; ${serverless} pauses after an hour without a query"

  docs {
    what       = "An Azure SQL database with a `sku_name` GP_Gen5_… whose tags, module or project say that it is not production."
    why        = "Provisioned vCores are charged for every hour. Serverless vCores cost about twice as much while they work and nothing while the database is paused; only storage goes on. Below half of the month in use it is cheaper."
    ignore     = "Where something keeps a session open or asks all the time, so that the database never pauses, where the first query after a pause may not wait, or where SQL licences are owned."
    confidence = "medium"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://learn.microsoft.com/azure/azure-sql/database/serverless-tier-overview"
  }
}
