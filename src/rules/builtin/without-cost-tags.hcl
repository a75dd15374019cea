rule "without-cost-tags" {
  title = "Resource that no tag assigns to anyone"
  # Types whose tags or labels the estimate knows, and which are most of many bills.
  on = [
    "aws_instance",
    "aws_db_instance",
    "aws_rds_cluster_instance",
    "aws_elasticache_replication_group",
    "aws_elasticache_cluster",
    "aws_eks_cluster",
    "aws_nat_gateway",
    "aws_lb",
    "aws_ebs_volume",
    "aws_redshift_cluster",
    "aws_opensearch_domain",
    "azurerm_linux_virtual_machine",
    "azurerm_windows_virtual_machine",
    "azurerm_linux_virtual_machine_scale_set",
    "azurerm_windows_virtual_machine_scale_set",
    "azurerm_kubernetes_cluster",
    "azurerm_mssql_database",
    "azurerm_mysql_flexible_server",
    "azurerm_postgresql_flexible_server",
    "azurerm_redis_cache",
    "azurerm_firewall",
    "azurerm_application_gateway",
    "azurerm_service_plan",
    "google_compute_instance",
    "google_compute_disk",
    "google_redis_instance",
  ]
  severity = "note"

  # Without capitals and signs, so that Cost-Center and cost_centre are found as well.
  table "keys" {
    frequent = ["Owner", "owner", "Team", "team", "Project", "project", "CostCenter", "cost-center", "Application"]
    known = [
      "owner", "owners", "team", "squad", "project", "projectid", "projectname", "product", "application", "app",
      "appname", "applicationname", "service", "servicename", "system", "component", "workload", "department",
      "businessunit", "costcenter", "costcentre", "costcode", "billing", "customer", "tenant",
    ]
  }

  # The frequent spellings are looked up as they are. Of others a provider's or a company's own prefix, as in acme:team,
  # says nothing.
  when = (
    monthly >= 50
    && length([for name in table.keys.frequent : name if tags[name] != null]) == 0
    && length([
      for name, value in tags : name
      if contains(table.keys.known, replace(reverse(split(":", lower(name)))[0], "/[^a-z]/", ""))
    ]) == 0
  )
  message = "nothing says who pays for this ${type} of ${floor(monthly)} a month: it has no tag such as owner, team or cost-center"

  docs {
    what       = "A resource for 50 or more a month, of a type that can be tagged, without a tag or label for an owner, a team, a project, an application, a service or a cost centre; the provider's default tags count."
    why        = "Bills are split by tags. What has none is nobody's, and what is nobody's nobody turns off. It cannot be told later who used it: tags do not reach back into past bills."
    ignore     = "Where accounts, subscriptions or projects are split by team, so that the bill is already."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/cost-alloc-tags.html"
  }
}
