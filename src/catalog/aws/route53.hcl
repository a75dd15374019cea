resource "aws_route53_zone" {
  docs = "https://aws.amazon.com/route53/pricing/"

  component "Hosted zone" {
    unit     = "months"
    quantity = 1
    note     = "From an account's 26th zone on, a zone costs less."
    price {
      service    = "AmazonRoute53"
      usage_type = "HostedZone"
      operation  = "HostedZone"
    }
  }

  example "one zone" {
    self   = { name = "example.com" }
    expect = { "Hosted zone" = 1 }
  }
}

resource "aws_route53_record" {
  docs = "https://aws.amazon.com/route53/pricing/"
  # Queries for aliases of AWS resources are free.
  free = length(coalesce(self.alias, [])) > 0

  usage {
    # Standard queries a month.
    monthly_standard_queries = null
    # Queries with latency based routing a month.
    monthly_latency_based_queries = null
    # Geo DNS and geoproximity queries a month.
    monthly_geo_queries = null
  }

  let {
    is_latency = length(coalesce(self.latency_routing_policy, [])) > 0
    is_geo     = length(coalesce(self.geolocation_routing_policy, [])) > 0 || length(coalesce(self.geoproximity_routing_policy, [])) > 0
  }

  component "Standard queries" {
    unit     = "1M queries"
    per      = 1000000
    quantity = usage.monthly_standard_queries
    when     = !is_latency && !is_geo || usage.monthly_standard_queries != null
    price {
      service    = "AmazonRoute53"
      usage_type = "DNS-Queries"
    }
  }

  component "Latency based routing queries" {
    unit     = "1M queries"
    per      = 1000000
    quantity = usage.monthly_latency_based_queries
    when     = is_latency || usage.monthly_latency_based_queries != null
    price {
      service    = "AmazonRoute53"
      usage_type = "LBR-Queries"
    }
  }

  component "Geo DNS queries" {
    unit     = "1M queries"
    per      = 1000000
    quantity = usage.monthly_geo_queries
    when     = is_geo || usage.monthly_geo_queries != null
    price {
      service    = "AmazonRoute53"
      usage_type = "Geo-Queries"
    }
  }

  example "plain record" {
    self   = { type = "A", records = ["192.0.2.1"] }
    expect = { "Standard queries" = null }
  }

  example "by latency" {
    self   = { type = "A", latency_routing_policy = [{ region = "us-east-1" }] }
    usage  = { monthly_latency_based_queries = 1200000000 }
    expect = { "Latency based routing queries" = 1200000000 }
  }

  example "by place" {
    self   = { type = "A", geolocation_routing_policy = [{ country = "DE" }] }
    usage  = { monthly_geo_queries = 500000000, monthly_standard_queries = 1 }
    expect = { "Geo DNS queries" = 500000000, "Standard queries" = 1 }
  }

  example "alias" {
    self   = { type = "A", alias = [{ name = "lb" }] }
    expect = {}
  }
}

resource "aws_route53_health_check" {
  docs = "https://aws.amazon.com/route53/pricing/"

  usage {
    # `aws` or `non_aws`: whether the endpoint is in AWS; aliases and checks of alarms are.
    endpoint_type = "aws"
  }

  let {
    place    = startswith(replace(usage.endpoint_type, "-", "_"), "non") ? "Non-AWS" : "AWS"
    is_https = startswith(self.type, "HTTPS")
    is_match = endswith(self.type, "_STR_MATCH")
    is_fast  = self.request_interval == 10
    options  = (is_https ? 1 : 0) + (is_match ? 1 : 0) + (is_fast ? 1 : 0) + (self.measure_latency == true ? 1 : 0)
  }

  component "Health check" {
    unit     = "months"
    quantity = 1
    note     = "The first 50 checks of AWS endpoints of an account are free."
    price {
      service    = "AmazonRoute53"
      usage_type = "Health-Check-${place}"
    }
  }

  component "Optional features" {
    unit     = "months"
    quantity = options
    when     = options > 0
    price {
      service    = "AmazonRoute53"
      usage_type = "Health-Check-Option-${place}"
    }
  }

  example "HTTP" {
    self   = { type = "HTTP", request_interval = 30 }
    expect = { "Health check" = 1 }
  }

  example "four options outside AWS" {
    self   = { type = "HTTPS_STR_MATCH", request_interval = 10, measure_latency = true }
    usage  = { endpoint_type = "non_aws" }
    expect = { "Health check" = 1, "Optional features" = 4 }
  }
}

resource "aws_route53_resolver_endpoint" {
  docs = "https://aws.amazon.com/route53/pricing/"

  usage {
    # Queries through the endpoint a month.
    monthly_queries = null
  }

  component "Resolver endpoints" {
    unit     = "hours"
    quantity = 730 * length(self.ip_address)
    price {
      service    = "AmazonRoute53"
      usage_type = "ResolverNetworkInterface"
    }
  }

  component "DNS queries" {
    unit     = "1M queries"
    per      = 1000000
    quantity = usage.monthly_queries
    price {
      service    = "AmazonRoute53"
      usage_type = "DNS-Queries"
    }
  }

  example "two addresses" {
    self   = { ip_address = [{ subnet_id = "a" }, { subnet_id = "b" }] }
    usage  = { monthly_queries = 20000000 }
    expect = { "Resolver endpoints" = 1460, "DNS queries" = 20000000 }
  }
}
