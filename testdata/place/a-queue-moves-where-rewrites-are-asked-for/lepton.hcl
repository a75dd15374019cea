placement {
  providers = ["azure"]
  rewrites  = true
}

usage "aws_sqs_queue.jobs" {
  monthly_requests = 100000000
}
