# What queues of Azure need wherever they run, and which of Azure could stand for others.

# A namespace is billed for all its queues and topics: they move with it. What a premium one does, nobody counts.
workload "azurerm_servicebus_namespace" {
  concept  = "queue"
  tier     = self.sku == "Basic" ? "standard" : "ordered"
  size     = self.sku
  reads    = self.sku == "Premium" ? null : usage.monthly_messaging_operations
  state_gb = 0
}

workload "azurerm_servicebus_queue" { part_of = ["namespace_id", "namespace_name"] }
workload "azurerm_servicebus_topic" { part_of = ["namespace_id", "namespace_name"] }
workload "azurerm_servicebus_subscription" { part_of = ["topic_id"] }

workload "azurerm_storage_queue" {
  concept  = "queue"
  tier     = "standard"
  reads    = usage.monthly_class_1_operations + usage.monthly_class_2_operations
  state_gb = usage.monthly_storage_gb
}

# Sessions, which keep an order, are of the Standard tier. An operation is one of at most 64 KB; there are no more than
# a thousand connections, which come with the namespace.
offer "azurerm_servicebus_namespace" {
  concept  = "queue"
  provider = "azure"
  type     = "azurerm_servicebus_namespace"
  option   = "on demand"
  for_each = { Basic = "standard", Standard = "ordered" }
  when     = need.reads > 0 && coalesce(need.tier, "standard") == each.value
  size     = each.key
  self     = { sku = each.key }
  usage    = { monthly_messaging_operations = need.reads * max(1, ceil(coalesce(need.request_kb, 64) / 64)), monthly_brokered_connections = 0 }
}

workload "azurerm_eventgrid_topic" { concept = "pubsub" }
