# Rules are billed with their load balancer: the first five at one rate, each further one on top.
resource "azurerm_lb" {
  docs = "https://azure.microsoft.com/pricing/details/load-balancer/"
  free = coalesce(self.sku, "Standard") == "Basic"

  usage {
    # Data that passes the load balancer a month, inbound and outbound, in GB.
    monthly_data_processed_gb = null
  }

  let {
    rules = length(referrers("azurerm_lb_rule", "loadbalancer_id")) + length(referrers("azurerm_lb_outbound_rule", "loadbalancer_id"))
  }

  component "Rule usage" {
    when     = rules > 0
    unit     = "hours"
    quantity = 730
    detail   = "first 5 rules"
    rate {
      price    = 0.025
      currency = "USD"
      source   = "https://azure.microsoft.com/pricing/details/load-balancer/"
      as_of    = "2026-06"
    }
  }

  component "Additional rule usage" {
    when     = rules > 5
    unit     = "hours"
    quantity = 730 * (rules - 5)
    detail   = "${rules - 5} rules"
    price {
      service = "Load Balancer"
      product = "Load Balancer"
      sku     = "Standard"
      meter   = "Standard Overage LB Rules and Outbound Rules"
    }
  }

  component "Data processed" {
    unit     = "GB"
    quantity = usage.monthly_data_processed_gb
    price {
      service = "Load Balancer"
      product = "Load Balancer"
      sku     = "Standard"
      meter   = "Standard Data Processed"
    }
  }

  example "without rules only data is billed" {
    self   = { sku = "Standard" }
    usage  = { monthly_data_processed_gb = 4000 }
    expect = { "Data processed" = 4000 }
  }

  example "seven rules of two kinds" {
    self = { sku = "Standard" }
    referrers = {
      "azurerm_lb_rule.loadbalancer_id"          = [{}, {}, {}, {}, {}, {}]
      "azurerm_lb_outbound_rule.loadbalancer_id" = [{}]
    }
    expect = { "Rule usage" = 730, "Additional rule usage" = 1460, "Data processed" = null }
  }

  example "a basic load balancer is free" {
    self   = { sku = "Basic" }
    expect = {}
  }
}

resource "azurerm_lb_rule" {
  docs = "https://azure.microsoft.com/pricing/details/load-balancer/"
  # With the load balancer in sight, its rules are billed there.
  free = ref("loadbalancer_id") != null

  component "Rule usage" {
    unit     = "hours"
    quantity = 730
    note     = "The load balancer is not part of this plan: the rule is priced as one beyond the first five."
    price {
      service = "Load Balancer"
      product = "Load Balancer"
      sku     = "Standard"
      meter   = "Standard Overage LB Rules and Outbound Rules"
    }
  }

  example "a rule of a load balancer elsewhere" {
    self   = { protocol = "Tcp", frontend_port = 80 }
    expect = { "Rule usage" = 730 }
  }

  example "a rule of a load balancer in the plan" {
    self   = { protocol = "Tcp", frontend_port = 80 }
    refs   = { "loadbalancer_id" = { sku = "Standard" } }
    expect = {}
  }
}

resource "azurerm_lb_outbound_rule" {
  docs = "https://azure.microsoft.com/pricing/details/load-balancer/"
  free = ref("loadbalancer_id") != null

  component "Rule usage" {
    unit     = "hours"
    quantity = 730
    note     = "The load balancer is not part of this plan: the rule is priced as one beyond the first five."
    price {
      service = "Load Balancer"
      product = "Load Balancer"
      sku     = "Standard"
      meter   = "Standard Overage LB Rules and Outbound Rules"
    }
  }

  example "a rule of a load balancer elsewhere" {
    self   = { protocol = "Tcp" }
    expect = { "Rule usage" = 730 }
  }
}
