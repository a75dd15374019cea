# What queues and topics of AWS need wherever they run, and which of AWS could stand for others.

# Requests a month, and the KB that one of them carries; a queue in order is another thing than one without.
workload "aws_sqs_queue" {
  concept    = "queue"
  tier       = known(self.fifo_queue, false) == true ? "ordered" : "standard"
  reads      = usage.monthly_requests
  request_kb = usage.request_size_kb
  state_gb   = 0
}

# Other providers bill topics by what they deliver, which depends on who listens: nothing stands for one.
workload "aws_sns_topic" {
  concept    = "pubsub"
  tier       = known(self.fifo_topic, false) == true ? "ordered" : "standard"
  reads      = usage.monthly_requests
  request_kb = usage.request_size_kb
  state_gb   = 0
}

# Where nobody says how large a request is, it is one of at most 64 KB: what is billed as one everywhere.
offer "aws_sqs_queue" {
  concept  = "queue"
  provider = "aws"
  type     = "aws_sqs_queue"
  option   = "on demand"
  for_each = { standard = false, ordered = true }
  when     = need.reads > 0 && coalesce(need.tier, "standard") == each.key
  size     = each.key
  self     = { fifo_queue = each.value }
  usage    = { monthly_requests = need.reads, request_size_kb = coalesce(need.request_kb, 64) }
}

workload "aws_cloudwatch_event_bus" { concept = "pubsub" }
