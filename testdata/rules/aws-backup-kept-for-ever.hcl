case "a rule without a lifecycle, and one that only moves to cold storage" {
  resource "aws_backup_plan" "all" {
    name = "all"
    rule {
      rule_name         = "daily"
      target_vault_name = "vault"
    }
    rule {
      rule_name         = "monthly"
      target_vault_name = "vault"
      lifecycle {
        cold_storage_after = 30
      }
    }
  }
  finds = { "aws_backup_plan.all" = null }
}

case "deleted after a month" {
  resource "aws_backup_plan" "all" {
    name = "all"
    rule {
      rule_name         = "daily"
      target_vault_name = "vault"
      lifecycle {
        delete_after = 30
      }
    }
  }
  finds = {}
}
