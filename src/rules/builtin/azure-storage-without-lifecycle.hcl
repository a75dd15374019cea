rule "azure-storage-without-lifecycle" {
  title    = "Storage account without a lifecycle"
  on       = "azurerm_storage_account"
  severity = "note"

  let {
    # Other kinds take no policy, or cannot move blobs between tiers.
    has_tiers = contains(["StorageV2", "BlobStorage"], known(self.account_kind, "StorageV2")) && self.account_tier == "Standard"
    policies  = referrers("azurerm_storage_management_policy", "storage_account_id")
    versions  = known(self.blob_properties[0].versioning_enabled, false) == true
  }

  when    = has_tiers && length(policies) == 0
  message = "nothing in this account ever moves to a cheaper tier or is deleted: no management policy refers to it${versions ? ", and every old version of a blob is kept" : ""}"

  docs {
    what       = "A standard account of kind StorageV2 or BlobStorage that no `azurerm_storage_management_policy` of the plan refers to."
    why        = "Blobs stay in the hot tier, at about twice the price of the cool one and ten times that of the archive, and are paid for every month until somebody deletes them. With versioning, what was overwritten or deleted is paid for as well."
    ignore     = "Where the account holds no blobs to speak of (file shares, queues, tables, the content of functions), where all of them are read often, or the policy is kept elsewhere."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-overview"
  }
}
