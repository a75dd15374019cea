resource "aws_sqs_queue" {
  docs = "https://aws.amazon.com/sqs/pricing/"

  usage {
    # Requests to the queue a month.
    monthly_requests = null
    # Average size of a request in KB; every 64 KB are billed as one request.
    request_size_kb = 64
  }

  let {
    usage_type = self.fifo_queue == true ? "Requests-FIFO-Tier1" : "Requests-Tier1"
  }

  component "Requests" {
    unit     = "1M requests"
    per      = 1000000
    quantity = usage.monthly_requests * max(ceil(usage.request_size_kb / 64), 1)
    note     = "The first 1M requests of an account, free each month, are not taken off."
    price {
      service    = "AWSQueueService"
      usage_type = usage_type
    }
  }

  example "standard" {
    self   = { fifo_queue = false }
    expect = { "Requests" = null }
  }

  example "FIFO, in pieces of 64 KB" {
    self   = { fifo_queue = true }
    usage  = { monthly_requests = 1000000, request_size_kb = 130 }
    expect = { "Requests" = 3000000 }
  }
}
