currency = "EUR"
fail_on  = "warning"

exchange "USD" {
  rate = 0.9
  source = "https://example.com/"
  as_of = "2026-07-01"
}
budget "prod" {
  scope       = "module.prod.*"
  monthly     = 12000
  max_percent = 10
}
rule "no-big-queues" {
  on       = "aws_sqs_*"
  severity = "error"
  let {
    n = [for r in resources.aws_sqs_queue : r.monthly if r.monthly != null]
  }
  when     = monthly >= 0 && length(n) > 0
  instead  = { fifo_queue = false }
  message  = "queue ${address} costs ${money(monthly)}"
}
builtin "without-cost-tags" {
  enabled = false
}
suppress "no-big-queues" {
  reason = "agreed"
  until  = "2027-01-01"
}
discount {
  provider = "aws"
  service  = "AmazonSQS"
  percent  = 12
}
usage "aws_sqs_queue.*" {
  monthly_requests = 40000000
}
site "berlin" {
  capacity = { vcpu = 256, memory_gb = 2048 }
  rate     = { vcpu_hour = 0.011, memory_gb_hour = 0.0014 }
}
project "a" {
  path = "infra"
}
