# What is assumed of data sources of Azure when a configuration is priced without a plan: nobody is asked.

# Ids of the caller; nothing that costs depends on them.
data "azurerm_client_config" {
  tenant_id       = "00000000-0000-0000-0000-000000000000"
  subscription_id = "00000000-0000-0000-0000-000000000000"
}

data "azurerm_subscription" {
  subscription_id = "00000000-0000-0000-0000-000000000000"
}
