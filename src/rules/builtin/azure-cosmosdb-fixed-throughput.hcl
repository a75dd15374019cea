rule "azure-cosmosdb-fixed-throughput" {
  title = "Cosmos DB throughput that does not follow the load"
  on = [
    "azurerm_cosmosdb_sql_database",
    "azurerm_cosmosdb_sql_container",
    "azurerm_cosmosdb_mongo_database",
    "azurerm_cosmosdb_mongo_collection",
    "azurerm_cosmosdb_gremlin_database",
    "azurerm_cosmosdb_gremlin_graph",
    "azurerm_cosmosdb_cassandra_keyspace",
    "azurerm_cosmosdb_cassandra_table",
  ]
  severity = "note"

  let {
    fixed     = known(self.throughput, null)
    is_scaled = length(known(self.autoscale_settings, [])) > 0
    # Autoscale is set by the thousand.
    highest   = max(1000, ceil(coalesce(fixed, 0) / 1000) * 1000)
  }

  when    = fixed != null && !is_scaled
  instead = { throughput = null, autoscale_settings = [{ max_throughput = highest }] }
  message = "${fixed} RU/s are paid for in every hour; autoscale up to ${highest} RU/s costs half as much again at the peak, and a tenth of that when idle"

  docs {
    what       = "A database or container of Cosmos DB with `throughput`, which stays as it is, and without `autoscale_settings`."
    why        = "Fixed request units are charged whether they are used or not. Autoscale charges each hour's peak, at one and a half times the price, and never less than a tenth of its maximum: below two thirds of use on average it is cheaper. With several writing regions it costs no more a unit."
    ignore     = "Where the load is even all day, where something else changes the throughput by the clock, or where the 1,000 RU/s of the free tier cover it. Terraform cannot switch in place: it is done in the portal first, then in the code."
    confidence = "medium"
    effort     = "medium"
    restart    = false
    rollback   = true
    url        = "https://learn.microsoft.com/azure/cosmos-db/how-to-choose-offer"
  }
}
