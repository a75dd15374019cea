resource "aws_api_gateway_rest_api" {
  docs = "https://aws.amazon.com/api-gateway/pricing/"

  usage {
    # Requests to the API a month.
    monthly_requests = null
  }

  component "Requests" {
    unit     = "1M requests"
    per      = 1000000
    quantity = usage.monthly_requests
    price {
      service    = "AmazonApiGateway"
      usage_type = "ApiGatewayRequest"
      operation  = "ApiGatewayRequest"
    }
  }

  example "usage is not known" {
    self   = { name = "api" }
    expect = { "Requests" = null }
  }

  example "a billion requests" {
    self   = { name = "api" }
    usage  = { monthly_requests = 1000000000 }
    expect = { "Requests" = 1000000000 }
  }
}

resource "aws_api_gateway_stage" {
  docs = "https://aws.amazon.com/api-gateway/pricing/"
  # Only the cache of a stage costs anything.
  free = coalesce(self.cache_cluster_enabled, false) == false

  component "Cache memory" {
    detail   = "${self.cache_cluster_size} GB"
    unit     = "hours"
    quantity = 730
    price {
      service    = "AmazonApiGateway"
      usage_type = "ApiGatewayCacheUsage:${self.cache_cluster_size}GB"
      operation  = "RunInstances"
    }
  }

  example "with a cache" {
    self   = { cache_cluster_enabled = true, cache_cluster_size = "0.5" }
    expect = { "Cache memory" = 730 }
  }

  example "without" {
    self   = { stage_name = "prod" }
    expect = {}
  }
}

resource "aws_apigatewayv2_api" {
  docs = "https://aws.amazon.com/api-gateway/pricing/"

  usage {
    # Requests to the HTTP API a month.
    monthly_requests = null
    # Average size of a request in KB; every 512 KB are billed as one request.
    request_size_kb = 512
    # Messages to the WebSocket API a month.
    monthly_messages = null
    # Average size of a message in KB; every 32 KB are billed as one message.
    message_size_kb = 32
    # Minutes of connections to the WebSocket API a month.
    monthly_connection_mins = null
  }

  let {
    is_websocket = self.protocol_type == "WEBSOCKET"
  }

  component "Requests" {
    unit     = "1M requests"
    per      = 1000000
    quantity = usage.monthly_requests * max(ceil(usage.request_size_kb / 512), 1)
    when     = !is_websocket
    price {
      service    = "AmazonApiGateway"
      usage_type = "ApiGatewayHttpRequest"
      operation  = "ApiGatewayHttpApi"
    }
  }

  component "Messages" {
    unit     = "1M messages"
    per      = 1000000
    quantity = usage.monthly_messages * max(ceil(usage.message_size_kb / 32), 1)
    when     = is_websocket
    price {
      service    = "AmazonApiGateway"
      usage_type = "ApiGatewayMessage"
      operation  = "ApiGatewayWebSocket"
    }
  }

  component "Connection duration" {
    unit     = "1M minutes"
    per      = 1000000
    quantity = usage.monthly_connection_mins
    when     = is_websocket
    price {
      service    = "AmazonApiGateway"
      usage_type = "ApiGatewayMinute"
      operation  = "ApiGatewayWebSocket"
    }
  }

  example "HTTP in pieces of 512 KB" {
    self   = { protocol_type = "HTTP" }
    usage  = { monthly_requests = 100000000, request_size_kb = 600 }
    expect = { "Requests" = 200000000 }
  }

  example "WebSocket" {
    self   = { protocol_type = "WEBSOCKET" }
    usage  = { monthly_messages = 1500000000, message_size_kb = 56, monthly_connection_mins = 10000000 }
    expect = { "Messages" = 3000000000, "Connection duration" = 10000000 }
  }
}
