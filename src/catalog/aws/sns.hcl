resource "aws_sns_topic" {
  docs = "https://aws.amazon.com/sns/pricing/"

  usage {
    # Requests to the topic a month.
    monthly_requests = null
    # Average size of a request in KB; every 64 KB are billed as one request.
    request_size_kb = 64
    # Subscriptions over HTTP or HTTPS.
    http_subscriptions = null
    # Subscriptions by e-mail.
    email_subscriptions = null
    # Subscriptions of Amazon Data Firehose.
    kinesis_subscriptions = null
    # Subscriptions by mobile push.
    mobile_push_subscriptions = null
    # Subscriptions of macOS.
    macos_subscriptions = null
    # Subscriptions by SMS.
    sms_subscriptions = null
    # Average price of an SMS, which depends on country and carrier, in USD.
    sms_notification_price = null
  }

  let {
    is_fifo       = self.fifo_topic == true
    requests      = usage.monthly_requests * max(ceil(usage.request_size_kb / 64), 1)
    payload_gb    = usage.monthly_requests * usage.request_size_kb / 1048576
    subscriptions = length(referrers("aws_sns_topic_subscription", "topic_arn"))
  }

  component "API requests" {
    unit     = "1M requests"
    per      = 1000000
    quantity = requests
    when     = !is_fifo
    note     = "The free tier of an account, such as the first 1M requests a month, is not taken off."
    price {
      service    = "AmazonSNS"
      usage_type = "Requests-Tier1"
    }
  }

  component "HTTP/HTTPS notifications" {
    unit     = "100k notifications"
    per      = 100000
    quantity = requests * usage.http_subscriptions
    when     = !is_fifo && usage.http_subscriptions != null
    price {
      service    = "AmazonSNS"
      usage_type = "DeliveryAttempts-HTTP"
    }
  }

  component "Email/Email-JSON notifications" {
    unit     = "100k notifications"
    per      = 100000
    quantity = requests * usage.email_subscriptions
    when     = !is_fifo && usage.email_subscriptions != null
    price {
      service    = "AmazonSNS"
      usage_type = "DeliveryAttempts-SMTP"
    }
  }

  component "Kinesis Firehose notifications" {
    unit     = "1M notifications"
    per      = 1000000
    quantity = requests * usage.kinesis_subscriptions
    when     = !is_fifo && usage.kinesis_subscriptions != null
    price {
      service    = "AmazonSNS"
      usage_type = "DeliveryAttempts-FIREHOSE"
    }
  }

  component "Mobile Push notifications" {
    unit     = "1M notifications"
    per      = 1000000
    quantity = requests * usage.mobile_push_subscriptions
    when     = !is_fifo && usage.mobile_push_subscriptions != null
    price {
      service    = "AmazonSNS"
      usage_type = "DeliveryAttempts-APNS"
    }
  }

  component "MacOS notifications" {
    unit     = "1M notifications"
    per      = 1000000
    quantity = requests * usage.macos_subscriptions
    when     = !is_fifo && usage.macos_subscriptions != null
    price {
      service    = "AmazonSNS"
      usage_type = "DeliveryAttempts-MACOS"
    }
  }

  component "SMS notifications" {
    unit     = "100 notifications"
    per      = 100
    quantity = requests * usage.sms_subscriptions
    when     = !is_fifo && usage.sms_subscriptions != null && usage.sms_notification_price == null
    note     = "The price of an SMS depends on country and carrier; `sms_notification_price` sets it."
    price {
      service    = "AmazonSNS"
      usage_type = "DeliveryAttempts-SMS"
    }
  }

  component "SMS notifications" {
    unit     = "100 notifications"
    per      = 100
    quantity = requests * usage.sms_subscriptions
    when     = !is_fifo && usage.sms_subscriptions != null && usage.sms_notification_price != null
    rate {
      price    = usage.sms_notification_price
      currency = "USD"
      source   = "usage key sms_notification_price"
      as_of    = "2026-11"
    }
  }

  component "FIFO Publish API requests" {
    unit     = "1M requests"
    per      = 1000000
    quantity = usage.monthly_requests
    when     = is_fifo
    price {
      service    = "AmazonSNS"
      usage_type = "F-Request-Tier1"
    }
  }

  component "FIFO Publish API payload" {
    unit     = "GB"
    quantity = payload_gb
    when     = is_fifo
    price {
      service    = "AmazonSNS"
      usage_type = "F-Ingress-Tier1"
    }
  }

  component "FIFO notifications" {
    unit     = "1M notifications"
    per      = 1000000
    quantity = usage.monthly_requests * subscriptions
    when     = is_fifo && subscriptions > 0
    price {
      service    = "AmazonSNS"
      usage_type = "F-DA-SQS"
    }
  }

  component "FIFO notification payload" {
    unit     = "GB"
    quantity = payload_gb * subscriptions
    when     = is_fifo && subscriptions > 0
    price {
      service    = "AmazonSNS"
      usage_type = "F-Egress-SQS"
    }
  }

  example "only requests" {
    self   = { name = "topic" }
    expect = { "API requests" = null }
  }

  example "every kind of subscription" {
    self  = { name = "topic" }
    usage = {
      monthly_requests = 1000, request_size_kb = 100, http_subscriptions = 2, email_subscriptions = 3
      kinesis_subscriptions = 4, mobile_push_subscriptions = 5, macos_subscriptions = 6, sms_subscriptions = 7
    }
    expect = {
      "API requests" = 2000, "HTTP/HTTPS notifications" = 4000, "Email/Email-JSON notifications" = 6000
      "Kinesis Firehose notifications" = 8000, "Mobile Push notifications" = 10000
      "MacOS notifications" = 12000, "SMS notifications" = 14000
    }
  }

  example "SMS at one's own price" {
    self   = { name = "topic" }
    usage  = { monthly_requests = 1300, sms_subscriptions = 2, sms_notification_price = 0.008 }
    expect = { "API requests" = 1300, "SMS notifications" = 2600 }
  }

  example "FIFO with one subscription" {
    self      = { fifo_topic = true }
    usage     = { monthly_requests = 1048576, request_size_kb = 2 }
    referrers = { "aws_sns_topic_subscription.topic_arn" = [{ protocol = "sqs" }] }
    expect = {
      "FIFO Publish API requests" = 1048576, "FIFO Publish API payload" = 2
      "FIFO notifications" = 1048576, "FIFO notification payload" = 2
    }
  }
}

# Deliveries to SQS and Lambda cost nothing.
table "sns_deliveries" {
  rows = {
    "http"        = "DeliveryAttempts-HTTP"
    "https"       = "DeliveryAttempts-HTTP"
    "email"       = "DeliveryAttempts-SMTP"
    "email-json"  = "DeliveryAttempts-SMTP"
    "firehose"    = "DeliveryAttempts-FIREHOSE"
    "application" = "DeliveryAttempts-APNS"
    "sms"         = "DeliveryAttempts-SMS"
  }
}

table "sns_labels" {
  rows = {
    "http"        = "HTTP"
    "https"       = "HTTP"
    "email"       = "email"
    "email-json"  = "email"
    "firehose"    = "Firehose"
    "application" = "mobile push"
    "sms"         = "SMS"
  }
}

resource "aws_sns_topic_subscription" {
  docs = "https://aws.amazon.com/sns/pricing/"
  free = self.protocol == "sqs" || self.protocol == "lambda"

  usage {
    # Notifications to the subscription a month.
    monthly_requests = null
    # Average size of a notification in KB; every 64 KB are billed as one.
    request_size_kb = 64
  }

  let {
    notifications = usage.monthly_requests * max(ceil(usage.request_size_kb / 64), 1)
    is_http       = startswith(self.protocol, "http")
  }

  component "HTTP notifications" {
    unit     = "1M notifications"
    per      = 1000000
    quantity = notifications
    when     = is_http
    price {
      service    = "AmazonSNS"
      usage_type = "DeliveryAttempts-HTTP"
    }
  }

  component "Notifications" {
    detail   = table.sns_labels[self.protocol]
    unit     = "1M notifications"
    per      = 1000000
    quantity = notifications
    when     = !is_http
    price {
      service    = "AmazonSNS"
      usage_type = table.sns_deliveries[self.protocol]
    }
  }

  example "HTTP" {
    self   = { protocol = "https" }
    usage  = { monthly_requests = 1000000, request_size_kb = 128 }
    expect = { "HTTP notifications" = 2000000 }
  }

  example "e-mail" {
    self   = { protocol = "email" }
    expect = { "Notifications" = null }
  }

  example "to a queue" {
    self   = { protocol = "sqs" }
    expect = {}
  }
}
