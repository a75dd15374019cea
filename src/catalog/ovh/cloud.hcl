table "ovh_flavor" {
  csv = "instance_types.csv"
  key = "flavor_name"
}

# The flavour is given by an id of the project; its name is known once the instance is there.
resource "ovh_cloud_project_instance" {
  docs = "https://www.ovhcloud.com/en-ie/public-cloud/prices/"

  usage {
    # Hours a month that the instance exists.
    monthly_hrs = 730
  }

  let {
    is_monthly = known(self.billing_period, "hourly") == "monthly"
  }

  component "Instance usage" {
    detail   = self.flavor_name
    when     = !is_monthly
    unit     = "hours"
    quantity = usage.monthly_hrs
    note     = "With its local disk and its outbound traffic."
    price {
      service     = "instance"
      flavor_name = self.flavor_name
    }
  }

  component "Instance, by the month" {
    detail   = self.flavor_name
    when     = is_monthly
    unit     = "months"
    quantity = 1
    unpriced = "monthly prices of OVHcloud instances"
  }

  example "an instance" {
    self   = { region = "GRA11", billing_period = "hourly", flavor_name = "b3-8" }
    region = "GRA"
    expect = { "Instance usage" = 730 }
  }
  example "paid by the month" {
    self   = { region = "DE1", billing_period = "monthly", flavor_name = "b3-8" }
    region = "DE"
    expect = { "Instance, by the month" = 1 }
  }
}

resource "ovh_cloud_project_kube_nodepool" {
  docs = "https://www.ovhcloud.com/en-ie/public-cloud/prices/"

  usage {
    # Hours a month that each node exists.
    monthly_hrs = 730
  }

  let {
    is_monthly = known(self.monthly_billed, false) == true
    nodes      = known(self.desired_nodes, known(self.min_nodes, 1))
  }

  component "Nodes" {
    detail   = self.flavor_name
    when     = !is_monthly
    unit     = "hours"
    quantity = nodes * usage.monthly_hrs
    price {
      service     = "instance"
      flavor_name = self.flavor_name
    }
  }

  component "Nodes, by the month" {
    detail   = self.flavor_name
    when     = is_monthly
    unit     = "months"
    quantity = nodes
    unpriced = "monthly prices of OVHcloud instances"
  }

  example "three nodes" {
    self   = { flavor_name = "b3-16", desired_nodes = 3 }
    region = "GRA"
    expect = { "Nodes" = 2190 }
  }
  example "paid by the month" {
    self   = { flavor_name = "b3-16", desired_nodes = 3, monthly_billed = true }
    region = "GRA"
    expect = { "Nodes, by the month" = 3 }
  }
}

resource "ovh_cloud_project_volume" {
  docs = "https://www.ovhcloud.com/en-ie/public-cloud/prices/"

  component "Storage" {
    detail   = known(self.type, "classic")
    unit     = "GB"
    quantity = self.size
    price {
      service = "volume"
      type    = known(self.type, "classic")
      times   = 730
    }
  }

  example "a volume" {
    self   = { region_name = "SBG5", size = 100, type = "high-speed" }
    region = "SBG"
    expect = { "Storage" = 100 }
  }
}
