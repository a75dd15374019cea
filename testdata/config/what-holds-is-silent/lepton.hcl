currency   = "EUR"
fail_on    = "warning"
production = lookup(tags, "Stage", "") == "live" || startswith(module, "module.prod")

budget "prod" {
  scope        = ["module.prod.*", "aws_db_instance.main"]
  provider     = "aws"
  tags         = { Team = "platform", Stage = "*" }
  when         = type != "aws_s3_bucket"
  monthly      = 12000
  max_increase = 500
  max_percent  = 10
  message      = "ask the platform team"
}

budget "nothing-unknown" {
  project         = "envs/prod/*"
  fail_if_unknown = true
  severity        = "warning"
}

rule "no-giant-instances" {
  on       = ["aws_instance", "azurerm_*_virtual_machine", "module.data.*"]
  severity = "error"

  table "limit" {
    rows = { "t3" = 100, "m5" = 2000 }
  }

  let {
    family = split(".", self.instance_type)[0]
    limit  = lookup(table.limit, family, 1000)
  }

  when    = monthly > limit
  instead = { instance_type = "${family}.large" }
  message = "this instance costs ${money(monthly)} a month, more than ${money(limit)}"
}

builtin "aws-*" {
  severity = "note"
}

suppress "no-giant-instances" {
  on     = "module.data.aws_instance.batch"
  reason = "the batch needs it until it is split"
  until  = "2026-12-31"
  by     = "platform"
}

discount {
  provider = "aws"
  service  = "AmazonEC2"
  meter    = "BoxUsage:m5*"
  percent  = 12.5
}

exchange "USD" {
  rate   = 0.92
  as_of  = "2026-11-01"
  source = "reference rates of the ECB"
}

usage "module.api.aws_lambda_function.*" {
  monthly_requests = 40000000
}

site "berlin" {
  capacity = { vcpu = 256, memory_gb = 2048 }
  rate     = { vcpu_hour = 0.011, memory_gb_hour = 0.0014 }
}
