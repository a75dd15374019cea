case "a project without one" {
  resource "google_project" "shop" {
    project_id = "shop"
  }
  # A budget of another cloud tells nothing.
  resource "aws_budgets_budget" "all" {
    budget_type = "COST"
  }
  finds = { "google_project.shop" = null }
}

case "each with a budget" {
  resource "google_project" "shop" {
    project_id = "shop"
  }
  resource "google_billing_budget" "shop" {
    billing_account = "1"
  }
  resource "aws_organizations_account" "shop" {
    name = "shop"
  }
  resource "aws_budgets_budget" "all" {
    budget_type = "COST"
  }
  resource "azurerm_subscription" "shop" {
    subscription_name = "shop"
  }
  resource "azurerm_consumption_budget_subscription" "shop" {
    name = "shop"
  }
  finds = {}
}

case "an account and a subscription" {
  resource "aws_organizations_account" "shop" {
    name = "shop"
  }
  resource "azurerm_subscription" "shop" {
    subscription_name = "shop"
  }
  finds = { "aws_organizations_account.shop" = null, "azurerm_subscription.shop" = null }
}
