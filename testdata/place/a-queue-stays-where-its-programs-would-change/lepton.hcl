placement {
  providers = ["azure"]
}

usage "aws_sqs_queue.jobs" {
  monthly_requests = 100000000
}
