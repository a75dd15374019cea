rule "azure-storage-geo-redundant-outside-production" {
  title    = "Geo-redundant storage outside production"
  on       = "azurerm_storage_account"
  severity = "warning"

  # Without its second region; zones are kept, since dropping them takes a conversion of the account.
  table "regional" {
    rows = {
      GRS    = "LRS"
      RAGRS  = "LRS"
      GZRS   = "ZRS"
      RAGZRS = "ZRS"
    }
  }

  let {
    regional = table.regional[self.account_replication_type]
  }

  when    = production == false && regional != null
  instead = { account_replication_type = regional }
  message = "this account outside production is copied to a second region (${self.account_replication_type}); ${regional} stores a GB for about half"

  docs {
    what       = "A storage account with `account_replication_type` GRS, RAGRS, GZRS or RAGZRS whose tags, module or project say that it is not production."
    why        = "The copy in the paired region doubles the price of every GB, raises that of every write, and the transfer between the regions is charged by the GB. It serves when a whole region fails."
    ignore     = "Where data stands here that cannot be made again, or where the failover itself is tested."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://learn.microsoft.com/azure/storage/common/redundancy-migration"
  }
}
