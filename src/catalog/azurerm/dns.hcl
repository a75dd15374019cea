# A zone is billed by the month, its records only through the queries that they answer.
template "dns_queries" {
  # `Public` or `Private`.
  input "kind" { type = string }

  component "DNS queries" {
    unit     = "1M queries"
    per      = 1000000
    quantity = usage.monthly_queries
    price {
      service = "Azure DNS"
      product = "Azure DNS"
      sku     = kind
      meter   = "${kind} Queries"
    }
  }
}

resource "azurerm_dns_zone" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  component "Hosted zone" {
    unit     = "months"
    quantity = 1
    price {
      service = "Azure DNS"
      product = "Azure DNS"
      sku     = "Public"
      meter   = "Public Zone"
    }
  }

  example "a zone" {
    region = "westeurope"
    self   = { name = "example.com" }
    expect = { "Hosted zone" = 1 }
  }
}

resource "azurerm_private_dns_zone" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  component "Hosted zone" {
    unit     = "months"
    quantity = 1
    price {
      service = "Azure DNS"
      product = "Azure DNS"
      sku     = "Private"
      meter   = "Private Zone"
    }
  }

  example "a zone" {
    region = "westeurope"
    self   = { name = "example.internal" }
    expect = { "Hosted zone" = 1 }
  }
}

resource "azurerm_dns_a_record" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  usage {
    # Queries answered a month.
    monthly_queries = null
  }

  use "dns_queries" {
    kind = "Public"
  }

  example "fifty million queries" {
    region = "westeurope"
    self   = { ttl = 300 }
    usage  = { monthly_queries = 50000000 }
    expect = { "DNS queries" = 50000000 }
  }
}

resource "azurerm_dns_aaaa_record" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  usage {
    # Queries answered a month.
    monthly_queries = null
  }

  use "dns_queries" {
    kind = "Public"
  }

  example "fifty million queries" {
    region = "westeurope"
    self   = { ttl = 300 }
    usage  = { monthly_queries = 50000000 }
    expect = { "DNS queries" = 50000000 }
  }
}

resource "azurerm_dns_caa_record" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  usage {
    # Queries answered a month.
    monthly_queries = null
  }

  use "dns_queries" {
    kind = "Public"
  }

  example "fifty million queries" {
    region = "westeurope"
    self   = { ttl = 300 }
    usage  = { monthly_queries = 50000000 }
    expect = { "DNS queries" = 50000000 }
  }
}

resource "azurerm_dns_cname_record" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  usage {
    # Queries answered a month.
    monthly_queries = null
  }

  use "dns_queries" {
    kind = "Public"
  }

  example "fifty million queries" {
    region = "westeurope"
    self   = { ttl = 300 }
    usage  = { monthly_queries = 50000000 }
    expect = { "DNS queries" = 50000000 }
  }
}

resource "azurerm_dns_mx_record" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  usage {
    # Queries answered a month.
    monthly_queries = null
  }

  use "dns_queries" {
    kind = "Public"
  }

  example "fifty million queries" {
    region = "westeurope"
    self   = { ttl = 300 }
    usage  = { monthly_queries = 50000000 }
    expect = { "DNS queries" = 50000000 }
  }
}

resource "azurerm_dns_ns_record" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  usage {
    # Queries answered a month.
    monthly_queries = null
  }

  use "dns_queries" {
    kind = "Public"
  }

  example "fifty million queries" {
    region = "westeurope"
    self   = { ttl = 300 }
    usage  = { monthly_queries = 50000000 }
    expect = { "DNS queries" = 50000000 }
  }
}

resource "azurerm_dns_ptr_record" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  usage {
    # Queries answered a month.
    monthly_queries = null
  }

  use "dns_queries" {
    kind = "Public"
  }

  example "fifty million queries" {
    region = "westeurope"
    self   = { ttl = 300 }
    usage  = { monthly_queries = 50000000 }
    expect = { "DNS queries" = 50000000 }
  }
}

resource "azurerm_dns_srv_record" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  usage {
    # Queries answered a month.
    monthly_queries = null
  }

  use "dns_queries" {
    kind = "Public"
  }

  example "fifty million queries" {
    region = "westeurope"
    self   = { ttl = 300 }
    usage  = { monthly_queries = 50000000 }
    expect = { "DNS queries" = 50000000 }
  }
}

resource "azurerm_dns_txt_record" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  usage {
    # Queries answered a month.
    monthly_queries = null
  }

  use "dns_queries" {
    kind = "Public"
  }

  example "fifty million queries" {
    region = "westeurope"
    self   = { ttl = 300 }
    usage  = { monthly_queries = 50000000 }
    expect = { "DNS queries" = 50000000 }
  }
}

resource "azurerm_private_dns_a_record" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  usage {
    # Queries answered a month.
    monthly_queries = null
  }

  use "dns_queries" {
    kind = "Private"
  }

  example "fifty million queries" {
    region = "westeurope"
    self   = { ttl = 300 }
    usage  = { monthly_queries = 50000000 }
    expect = { "DNS queries" = 50000000 }
  }
}

resource "azurerm_private_dns_aaaa_record" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  usage {
    # Queries answered a month.
    monthly_queries = null
  }

  use "dns_queries" {
    kind = "Private"
  }

  example "fifty million queries" {
    region = "westeurope"
    self   = { ttl = 300 }
    usage  = { monthly_queries = 50000000 }
    expect = { "DNS queries" = 50000000 }
  }
}

resource "azurerm_private_dns_cname_record" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  usage {
    # Queries answered a month.
    monthly_queries = null
  }

  use "dns_queries" {
    kind = "Private"
  }

  example "fifty million queries" {
    region = "westeurope"
    self   = { ttl = 300 }
    usage  = { monthly_queries = 50000000 }
    expect = { "DNS queries" = 50000000 }
  }
}

resource "azurerm_private_dns_mx_record" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  usage {
    # Queries answered a month.
    monthly_queries = null
  }

  use "dns_queries" {
    kind = "Private"
  }

  example "fifty million queries" {
    region = "westeurope"
    self   = { ttl = 300 }
    usage  = { monthly_queries = 50000000 }
    expect = { "DNS queries" = 50000000 }
  }
}

resource "azurerm_private_dns_ptr_record" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  usage {
    # Queries answered a month.
    monthly_queries = null
  }

  use "dns_queries" {
    kind = "Private"
  }

  example "fifty million queries" {
    region = "westeurope"
    self   = { ttl = 300 }
    usage  = { monthly_queries = 50000000 }
    expect = { "DNS queries" = 50000000 }
  }
}

resource "azurerm_private_dns_srv_record" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  usage {
    # Queries answered a month.
    monthly_queries = null
  }

  use "dns_queries" {
    kind = "Private"
  }

  example "fifty million queries" {
    region = "westeurope"
    self   = { ttl = 300 }
    usage  = { monthly_queries = 50000000 }
    expect = { "DNS queries" = 50000000 }
  }
}

resource "azurerm_private_dns_txt_record" {
  docs = "https://azure.microsoft.com/pricing/details/dns/"

  usage {
    # Queries answered a month.
    monthly_queries = null
  }

  use "dns_queries" {
    kind = "Private"
  }

  example "fifty million queries" {
    region = "westeurope"
    self   = { ttl = 300 }
    usage  = { monthly_queries = 50000000 }
    expect = { "DNS queries" = 50000000 }
  }
}
