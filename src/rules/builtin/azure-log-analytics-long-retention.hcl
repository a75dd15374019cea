rule "azure-log-analytics-long-retention" {
  title    = "Logs kept at hand beyond the free days"
  on       = "azurerm_log_analytics_workspace"
  severity = "note"

  let {
    # With Microsoft Sentinel three months are included.
    sentinel = concat(
      referrers("azurerm_sentinel_log_analytics_workspace_onboarding", "workspace_id"),
      [for solution in referrers("azurerm_log_analytics_solution", "workspace_resource_id") : solution if solution.solution_name == "SecurityInsights"],
    )
    free_days = length(sentinel) > 0 ? 90 : 31
    days      = known(self.retention_in_days, 30)
  }

  when    = known(self.sku, "PerGB2018") != "Free" && days > free_days
  message = "logs are kept at hand for ${days} days, ${free_days} of them free; those beyond cost five times what archived logs do"

  docs {
    what       = "A Log Analytics workspace whose `retention_in_days` is above what is included: 31 days, or 90 with Microsoft Sentinel."
    why        = "Every GB beyond the free days is charged each month for as long as it is kept. Most queries look at the last days. Archived logs cost a fifth and stay searchable by search jobs: `total_retention_in_days` of a table, beside a short retention of the workspace, keeps as long for less."
    ignore     = "Where alerts or dashboards look back that far, or where security or law ask for logs that can be queried at once."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure"
  }
}
