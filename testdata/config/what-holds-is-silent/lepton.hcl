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

placement {
  providers           = ["aws", "google", "azure"]
  forbidden_providers = "tencent"
  regions             = ["google/europe-west3"]
  forbidden_regions   = ["aws/us-east-1"]
  jurisdictions       = ["eu"]
  countries           = ["DE", "FR"]
  forbidden_operators = ["CN"]
  max_rtt_ms          = 20
  max_providers       = 2
  minimum_saving      = 20
  minimum_percent     = 10
  max_payback_months  = 12
  max_loss            = "review"
  max_moves           = 5
  scale               = "like"
  rewrites            = false
  spot                = true
  exit_waiver         = false
  amortisation_months = 12
  hour_rate           = 0
  overlap_days        = 0
  fees                = { google = 100 }
  time_limit_s        = 2
}

site "lyon" {
  country       = "FR"
  jurisdictions = ["eu"]
  metro         = "lyon"
  latitude      = 45.8
  longitude     = -4.8
  capacity      = { vcpu = 64, memory_gb = 512, disk_gb = 100000 }
  purchase      = { price = 60000, months = 48 }
  power         = { watts = 3500, kwh_price = 0.25 }
  performance   = 1.2
  arch          = "arm64"
  operator      = "FR"
  currency      = "USD"
}

pin "module.db.*" {
  provider = "aws"
}

pin "module.cache.*" {
  region = "aws/eu-central-1"
}

pin "module.files" {
  site = "lyon"
}

apart "replicas" {
  on = ["aws_instance.a", "aws_instance.b"]
}

workload "module.batch.*" {
  batch          = true
  interruptible  = true
  arch           = "any"
  max_loss       = "note"
  with           = "module.batch.aws_instance.db"
  state_gb       = 200
  p95_cpu        = 0.2
  p95_memory     = 1
  hours          = 200
  replicas       = 2
  max_first_byte = "ms"
  effort_hours   = 8
  value          = { per = "vcpu_hour", usd = 0.10 }
}

traffic {
  from    = "aws_instance.web"
  to      = "aws_db_instance.main"
  gb      = 100
  back_gb = 500
}

traffic {
  from = "aws_instance.web"
  to   = "internet"
  gb   = 100
}

path "aws" "google" {
  kind          = "interconnect"
  gb_price      = 0
  back_gb_price = 0
  monthly       = 0
}

path "aws" "lyon" {
  kind    = "vpn"
  monthly = 36.5
}

commitment "aws" {
  until   = "2027-06-30"
  monthly = 500
}

project "prod" {
  path      = "infra/prod"
  var_files = ["prod.tfvars"]
  variables = { "size" = "large", zones = ["a", "b"] }
  workspace = "prod"
}

instances "module.web.aws_instance.*" {
  count = 3
}

discount {
  provider = "aws"
  region   = "eu-*"
  account  = "123456789012"
  percent  = 7.5
}

contract {
  provider = "aws"
  service  = "AmazonS3"
  meter    = "TimedStorage-ByteHrs"
  unit     = "GB-Mo"
  currency = "USD"
  as_of    = "2026-01-01"
  source   = "the agreement of 2026"

  tier {
    from       = 0
    unit_price = 0.021
  }
  tier {
    from       = 51200
    unit_price = 0.019
  }
}

prices {
  books        = ["prices/platform.csv"]
  max_age_days = 180
}

commitment "azure" {
  kind       = "reserved"
  service    = "Virtual Machines"
  region     = "westeurope"
  on         = ["module.prod.*", "azurerm_linux_virtual_machine.main"]
  term       = "3y"
  payment    = "partial"
  hours      = 1460
  unit_price = 0.05
  currency   = "EUR"
  until      = "2028-12-31"
  monthly    = 80
}
