# The edge locations of a geography share one price, whatever region the origin is in.
template "cloudfront_geography" {
  input "prefix" { type = string }
  input "to_internet_gb" { type = number }
  input "to_origin_gb" { type = number }
  input "http_requests" { type = number }
  input "https_requests" { type = number }

  component "Data transfer out to internet" {
    unit     = "GB"
    quantity = to_internet_gb
    price {
      service    = "AmazonCloudFront"
      usage_type = "${prefix}-DataTransfer-Out-Bytes"
    }
  }

  component "Data transfer out to origin" {
    unit     = "GB"
    quantity = to_origin_gb
    price {
      service    = "AmazonCloudFront"
      usage_type = "${prefix}-DataTransfer-Out-OBytes"
    }
  }

  component "HTTP requests" {
    unit     = "10k requests"
    per      = 10000
    quantity = http_requests
    price {
      service    = "AmazonCloudFront"
      usage_type = "${prefix}-Requests-Tier1"
    }
  }

  component "HTTPS requests" {
    unit     = "10k requests"
    per      = 10000
    quantity = https_requests
    price {
      service    = "AmazonCloudFront"
      usage_type = "${prefix}-Requests-Tier2-HTTPS"
    }
  }
}

# Origin Shield by its region: the usage key that counts its requests, and what users call the place.
table "cloudfront_shields" {
  rows = {
    "us-east-1"      = { key = "us", place = "US East us-east-1" }
    "us-east-2"      = { key = "us", place = "US East us-east-2" }
    "us-west-2"      = { key = "us", place = "US West us-west-2" }
    "eu-west-1"      = { key = "europe", place = "Europe eu-west-1" }
    "eu-west-2"      = { key = "europe", place = "Europe eu-west-2" }
    "eu-central-1"   = { key = "europe", place = "Europe eu-central-1" }
    "sa-east-1"      = { key = "south_america", place = "South America sa-east-1" }
    "ap-northeast-1" = { key = "japan", place = "Japan ap-northeast-1" }
    "ap-northeast-2" = { key = "south_korea", place = "South Korea ap-northeast-2" }
    "ap-southeast-1" = { key = "singapore", place = "Singapore ap-southeast-1" }
    "ap-southeast-2" = { key = "australia", place = "Australia ap-southeast-2" }
    "ap-south-1"     = { key = "india", place = "India ap-south-1" }
  }
}

resource "aws_cloudfront_distribution" {
  docs = "https://aws.amazon.com/cloudfront/pricing/"

  usage {
    # GB sent to the internet a month, by where the viewers are.
    monthly_data_transfer_to_internet_gb = {
      # US, Mexico, Canada.
      us = null
      # Europe, Israel.
      europe = null
      # South Africa, Kenya, Middle East.
      south_africa = null
      # South America.
      south_america = null
      # Japan.
      japan = null
      # Australia, New Zealand.
      australia = null
      # Hong Kong, Philippines, Asia Pacific.
      asia_pacific = null
      # India.
      india = null
    }
    # GB sent to the origin a month, by where the viewers are.
    monthly_data_transfer_to_origin_gb = {
      # US, Mexico, Canada.
      us = null
      # Europe, Israel.
      europe = null
      # South Africa, Kenya, Middle East.
      south_africa = null
      # South America.
      south_america = null
      # Japan.
      japan = null
      # Australia, New Zealand.
      australia = null
      # Hong Kong, Philippines, Asia Pacific.
      asia_pacific = null
      # India.
      india = null
    }
    # HTTP requests a month, by where the viewers are.
    monthly_http_requests = {
      # US, Mexico, Canada.
      us = null
      # Europe, Israel.
      europe = null
      # South Africa, Kenya, Middle East.
      south_africa = null
      # South America.
      south_america = null
      # Japan.
      japan = null
      # Australia, New Zealand.
      australia = null
      # Hong Kong, Philippines, Asia Pacific.
      asia_pacific = null
      # India.
      india = null
    }
    # HTTPS requests a month, by where the viewers are.
    monthly_https_requests = {
      # US, Mexico, Canada.
      us = null
      # Europe, Israel.
      europe = null
      # South Africa, Kenya, Middle East.
      south_africa = null
      # South America.
      south_america = null
      # Japan.
      japan = null
      # Australia, New Zealand.
      australia = null
      # Hong Kong, Philippines, Asia Pacific.
      asia_pacific = null
      # India.
      india = null
    }
    # Requests that reach Origin Shield a month, by where it is.
    monthly_shield_requests = {
      us            = null
      europe        = null
      south_america = null
      japan         = null
      australia     = null
      singapore     = null
      south_korea   = null
      india         = null
    }
    # Paths invalidated a month.
    monthly_invalidation_requests = null
    # Requests with field level encryption a month.
    monthly_encryption_requests = null
    # Lines of real-time logs a month.
    monthly_log_lines = null
    # Certificates of one's own on dedicated IP addresses.
    custom_ssl_certificates = null
  }

  let {
    to_internet = usage.monthly_data_transfer_to_internet_gb
    to_origin   = usage.monthly_data_transfer_to_origin_gb
    http        = usage.monthly_http_requests
    https       = usage.monthly_https_requests
    shields     = flatten([for origin in coalesce(self.origin, []) : coalesce(origin.origin_shield, [])])
    enabled     = [for shield in shields : shield.origin_shield_region if shield.enabled == true]
    shield      = length(enabled) > 0 ? enabled[0] : null
    shield_key  = table.cloudfront_shields[shield].key
    has_vip     = known(self.viewer_certificate[0].ssl_support_method, "") == "vip"
    behaviors   = concat(coalesce(self.default_cache_behavior, []), coalesce(self.ordered_cache_behavior, []))
    # An id that is known only after apply is set all the same.
    encrypted = [for behavior in behaviors : behavior if known(coalesce(behavior.field_level_encryption_id, "none"), "set") != "none"]
    logged    = [for behavior in behaviors : behavior if known(coalesce(behavior.realtime_log_config_arn, "none"), "set") != "none"]
  }

  part "US, Mexico, Canada" {
    use "cloudfront_geography" {
      prefix         = "US"
      to_internet_gb = usage.monthly_data_transfer_to_internet_gb.us
      to_origin_gb   = usage.monthly_data_transfer_to_origin_gb.us
      http_requests  = usage.monthly_http_requests.us
      https_requests = usage.monthly_https_requests.us
    }
  }

  part "Europe, Israel" {
    when = coalesce(to_internet.europe, 0) + coalesce(to_origin.europe, 0) + coalesce(http.europe, 0) + coalesce(https.europe, 0) > 0

    use "cloudfront_geography" {
      prefix         = "EU"
      to_internet_gb = usage.monthly_data_transfer_to_internet_gb.europe
      to_origin_gb   = usage.monthly_data_transfer_to_origin_gb.europe
      http_requests  = usage.monthly_http_requests.europe
      https_requests = usage.monthly_https_requests.europe
    }
  }

  part "South Africa, Kenya, Middle East" {
    when = coalesce(to_internet.south_africa, 0) + coalesce(to_origin.south_africa, 0) + coalesce(http.south_africa, 0) + coalesce(https.south_africa, 0) > 0

    use "cloudfront_geography" {
      prefix         = "ZA"
      to_internet_gb = usage.monthly_data_transfer_to_internet_gb.south_africa
      to_origin_gb   = usage.monthly_data_transfer_to_origin_gb.south_africa
      http_requests  = usage.monthly_http_requests.south_africa
      https_requests = usage.monthly_https_requests.south_africa
    }
  }

  part "South America" {
    when = coalesce(to_internet.south_america, 0) + coalesce(to_origin.south_america, 0) + coalesce(http.south_america, 0) + coalesce(https.south_america, 0) > 0

    use "cloudfront_geography" {
      prefix         = "SA"
      to_internet_gb = usage.monthly_data_transfer_to_internet_gb.south_america
      to_origin_gb   = usage.monthly_data_transfer_to_origin_gb.south_america
      http_requests  = usage.monthly_http_requests.south_america
      https_requests = usage.monthly_https_requests.south_america
    }
  }

  part "Japan" {
    when = coalesce(to_internet.japan, 0) + coalesce(to_origin.japan, 0) + coalesce(http.japan, 0) + coalesce(https.japan, 0) > 0

    use "cloudfront_geography" {
      prefix         = "JP"
      to_internet_gb = usage.monthly_data_transfer_to_internet_gb.japan
      to_origin_gb   = usage.monthly_data_transfer_to_origin_gb.japan
      http_requests  = usage.monthly_http_requests.japan
      https_requests = usage.monthly_https_requests.japan
    }
  }

  part "Australia, New Zealand" {
    when = coalesce(to_internet.australia, 0) + coalesce(to_origin.australia, 0) + coalesce(http.australia, 0) + coalesce(https.australia, 0) > 0

    use "cloudfront_geography" {
      prefix         = "AU"
      to_internet_gb = usage.monthly_data_transfer_to_internet_gb.australia
      to_origin_gb   = usage.monthly_data_transfer_to_origin_gb.australia
      http_requests  = usage.monthly_http_requests.australia
      https_requests = usage.monthly_https_requests.australia
    }
  }

  part "Hong Kong, Philippines, Asia Pacific" {
    when = coalesce(to_internet.asia_pacific, 0) + coalesce(to_origin.asia_pacific, 0) + coalesce(http.asia_pacific, 0) + coalesce(https.asia_pacific, 0) > 0

    use "cloudfront_geography" {
      prefix         = "AP"
      to_internet_gb = usage.monthly_data_transfer_to_internet_gb.asia_pacific
      to_origin_gb   = usage.monthly_data_transfer_to_origin_gb.asia_pacific
      http_requests  = usage.monthly_http_requests.asia_pacific
      https_requests = usage.monthly_https_requests.asia_pacific
    }
  }

  part "India" {
    when = coalesce(to_internet.india, 0) + coalesce(to_origin.india, 0) + coalesce(http.india, 0) + coalesce(https.india, 0) > 0

    use "cloudfront_geography" {
      prefix         = "IN"
      to_internet_gb = usage.monthly_data_transfer_to_internet_gb.india
      to_origin_gb   = usage.monthly_data_transfer_to_origin_gb.india
      http_requests  = usage.monthly_http_requests.india
      https_requests = usage.monthly_https_requests.india
    }
  }

  component "Origin shield HTTP requests" {
    detail   = table.cloudfront_shields[shield].place
    unit     = "10k requests"
    per      = 10000
    quantity = usage.monthly_shield_requests[shield_key]
    when     = shield != null
    price {
      region     = shield
      service    = "AmazonCloudFront"
      usage_type = "Requests-OriginShield"
    }
  }

  component "Invalidation requests" {
    unit     = "paths"
    quantity = usage.monthly_invalidation_requests
    note     = "The first 1,000 paths of an account are free each month."
    price {
      service    = "AmazonCloudFront"
      usage_type = "Invalidations"
    }
  }

  component "Field level encryption requests" {
    unit     = "10k requests"
    per      = 10000
    quantity = usage.monthly_encryption_requests
    when     = length(encrypted) > 0 || usage.monthly_encryption_requests != null
    price {
      service    = "AmazonCloudFront"
      usage_type = "Requests-FLE"
    }
  }

  component "Real-time log requests" {
    unit     = "1M lines"
    per      = 1000000
    quantity = usage.monthly_log_lines
    when     = length(logged) > 0 || usage.monthly_log_lines != null
    price {
      service    = "AmazonCloudFront"
      usage_type = "RealTimeLog-KinesisDataStream"
    }
  }

  component "Dedicated IP custom SSLs" {
    unit     = "certificates"
    quantity = usage.custom_ssl_certificates != null ? usage.custom_ssl_certificates : (has_vip ? 1 : null)
    when     = has_vip || usage.custom_ssl_certificates != null
    price {
      service    = "AmazonCloudFront"
      usage_type = "SSL-Cert-Custom"
    }
  }

  example "nothing known" {
    self = { origin = [{ domain_name = "bucket" }], default_cache_behavior = [{ viewer_protocol_policy = "allow-all" }] }
    expect = {
      "US, Mexico, Canada/Data transfer out to internet" = null
      "US, Mexico, Canada/Data transfer out to origin" = null
      "US, Mexico, Canada/HTTP requests" = null, "US, Mexico, Canada/HTTPS requests" = null
      "Invalidation requests" = null
    }
  }

  example "shielded, logged, encrypted, on dedicated addresses" {
    self = {
      origin = [{ origin_shield = [{ enabled = true, origin_shield_region = "sa-east-1" }] }]
      default_cache_behavior = [{ field_level_encryption_id = "E1", realtime_log_config_arn = "arn" }]
      viewer_certificate = [{ ssl_support_method = "vip" }]
    }
    usage = {
      monthly_shield_requests = { south_america = 20000 }, monthly_encryption_requests = 30000
      monthly_log_lines = 2000000, monthly_invalidation_requests = 1500
    }
    expect = {
      "US, Mexico, Canada/Data transfer out to internet" = null
      "US, Mexico, Canada/Data transfer out to origin" = null
      "US, Mexico, Canada/HTTP requests" = null, "US, Mexico, Canada/HTTPS requests" = null
      "Origin shield HTTP requests" = 20000, "Invalidation requests" = 1500
      "Field level encryption requests" = 30000, "Real-time log requests" = 2000000
      "Dedicated IP custom SSLs" = 1
    }
  }

  example "every geography" {
    self  = { origin = [{ domain_name = "bucket" }] }
    usage = {
      monthly_data_transfer_to_internet_gb = { us = 100, europe = 101, south_africa = 102, south_america = 103, japan = 104, australia = 105, asia_pacific = 106, india = 107 }
      monthly_data_transfer_to_origin_gb = { us = 200, europe = 201, south_africa = 202, south_america = 203, japan = 204, australia = 205, asia_pacific = 206, india = 207 }
      monthly_http_requests = { us = 300, europe = 301, south_africa = 302, south_america = 303, japan = 304, australia = 305, asia_pacific = 306, india = 307 }
      monthly_https_requests = { us = 400, europe = 401, south_africa = 402, south_america = 403, japan = 404, australia = 405, asia_pacific = 406, india = 407 }
    }
    expect = {
      "US, Mexico, Canada/Data transfer out to internet" = 100
      "US, Mexico, Canada/Data transfer out to origin" = 200
      "US, Mexico, Canada/HTTP requests" = 300
      "US, Mexico, Canada/HTTPS requests" = 400
      "Europe, Israel/Data transfer out to internet" = 101
      "Europe, Israel/Data transfer out to origin" = 201
      "Europe, Israel/HTTP requests" = 301
      "Europe, Israel/HTTPS requests" = 401
      "South Africa, Kenya, Middle East/Data transfer out to internet" = 102
      "South Africa, Kenya, Middle East/Data transfer out to origin" = 202
      "South Africa, Kenya, Middle East/HTTP requests" = 302
      "South Africa, Kenya, Middle East/HTTPS requests" = 402
      "South America/Data transfer out to internet" = 103
      "South America/Data transfer out to origin" = 203
      "South America/HTTP requests" = 303
      "South America/HTTPS requests" = 403
      "Japan/Data transfer out to internet" = 104
      "Japan/Data transfer out to origin" = 204
      "Japan/HTTP requests" = 304
      "Japan/HTTPS requests" = 404
      "Australia, New Zealand/Data transfer out to internet" = 105
      "Australia, New Zealand/Data transfer out to origin" = 205
      "Australia, New Zealand/HTTP requests" = 305
      "Australia, New Zealand/HTTPS requests" = 405
      "Hong Kong, Philippines, Asia Pacific/Data transfer out to internet" = 106
      "Hong Kong, Philippines, Asia Pacific/Data transfer out to origin" = 206
      "Hong Kong, Philippines, Asia Pacific/HTTP requests" = 306
      "Hong Kong, Philippines, Asia Pacific/HTTPS requests" = 406
      "India/Data transfer out to internet" = 107
      "India/Data transfer out to origin" = 207
      "India/HTTP requests" = 307
      "India/HTTPS requests" = 407
      "Invalidation requests" = null
    }
  }
}
