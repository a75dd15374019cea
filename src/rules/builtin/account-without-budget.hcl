rule "account-without-budget" {
  title    = "Account or project without a budget"
  on       = ["aws_organizations_account", "azurerm_subscription", "google_project"]
  severity = "note"

  let {
    budgets = {
      aws_organizations_account = concat(resources.aws_budgets_budget, resources.aws_ce_anomaly_monitor)
      azurerm_subscription = concat(
        resources.azurerm_consumption_budget_subscription,
        resources.azurerm_consumption_budget_management_group,
      )
      google_project = resources.google_billing_budget
    }
  }

  when    = length(budgets[type]) == 0
  message = "the plan makes this ${replace(type, "_", " ")} and no budget that would tell when it costs more than it should"

  docs {
    what       = "A plan that holds an AWS account, an Azure subscription or a Google Cloud project, and no budget of that provider."
    why        = "A budget costs nothing or next to nothing, and a mistake that bills by the hour is seen within a day instead of with the next invoice."
    ignore     = "Where budgets are made by hand or by another state, or where one at the organization watches all accounts."
    confidence = "low"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html"
  }
}
