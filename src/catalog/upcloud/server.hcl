table "upcloud_plan" {
  csv = "instance_types.csv"
  key = "plan"
}

# A month costs what 672 hours cost, and no more. https://upcloud.com/pricing/
resource "upcloud_server" {
  docs = "https://upcloud.com/pricing/"

  usage {
    # Hours a month that the server exists.
    monthly_hrs = 730
  }

  let {
    plan     = table.upcloud_plan[known(self.plan, null)]
    template = known(self.template, [])[0]
    tier     = known(template.tier, plan.line == "starter" ? "standard" : "maxiops")
    size     = known(template.size, plan.disk_gb)
  }

  component "Server" {
    detail   = self.plan
    unit     = "months"
    quantity = min(1, usage.monthly_hrs / 672)
    note     = "With the storage of the plan, if it has any, an IPv4 address and its outbound traffic."
    price {
      service = "server"
      plan    = self.plan
    }
  }

  component "Storage beyond the plan's" {
    detail   = tier
    when     = size > plan.disk_gb
    unit     = "GB"
    quantity = size - plan.disk_gb
    price {
      service = "storage"
      tier    = tier
    }
  }

  example "a plan with storage" {
    self   = { hostname = "web", zone = "de-fra1", plan = "PREMIUM-2xCPU-4GB", template = [{ size = 50, storage = "Debian" }] }
    region = "de-fra1"
    expect = { "Server" = 1 }
  }
  example "a plan without storage, for half a month" {
    self   = { hostname = "web", zone = "fi-hel1", plan = "CLOUDNATIVE-2xCPU-4GB", template = [{ size = 40, tier = "standard" }] }
    region = "fi-hel1"
    usage  = { monthly_hrs = 336 }
    expect = { "Server" = 0.5, "Storage beyond the plan's" = 40 }
  }
}

resource "upcloud_storage" {
  docs = "https://upcloud.com/pricing/"

  let {
    tier = known(self.tier, "maxiops")
  }

  component "Storage" {
    detail   = tier
    unit     = "GB"
    quantity = self.size
    price {
      service = "storage"
      tier    = tier
    }
  }

  example "a fast volume" {
    self   = { title = "data", size = 100, zone = "de-fra1" }
    region = "de-fra1"
    expect = { "Storage" = 100 }
  }
  example "a standard volume" {
    self   = { title = "data", size = 100, tier = "standard", zone = "de-fra1" }
    region = "de-fra1"
    expect = { "Storage" = 100 }
  }
}
