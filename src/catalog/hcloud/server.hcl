table "hcloud_server_type" {
  csv = "instance_types.csv"
  key = "server_type"
}

# By the hour, but never more than the month's price, which is that of 624 hours.
resource "hcloud_server" {
  docs = "https://www.hetzner.com/cloud/"

  usage {
    # Hours a month that the server exists: a stopped one costs the same.
    monthly_hrs = 730
    # GB a month to the internet.
    monthly_outbound_gb = null
  }

  let {
    is_whole = usage.monthly_hrs >= 624
    net      = known(self.public_net, [])[0]
    # An address of its own is a resource with a price of its own.
    has_ipv4 = coalesce(known(net.ipv4_enabled, true), true) && known(net.ipv4, null) == null && ref("public_net.ipv4") == null
  }

  component "Server, whole month" {
    detail   = self.server_type
    when     = is_whole
    unit     = "months"
    quantity = 1
    note     = "With its local disk and 20 TB of outbound traffic."
    price {
      service     = "server"
      server_type = self.server_type
      billing     = "monthly"
    }
  }

  component "Server" {
    detail   = self.server_type
    when     = !is_whole
    unit     = "hours"
    quantity = usage.monthly_hrs
    note     = "With its local disk and 20 TB of outbound traffic."
    price {
      service     = "server"
      server_type = self.server_type
      billing     = "hourly"
    }
  }

  # https://docs.hetzner.com/cloud/servers/backups-snapshots/overview: a fifth of the server.
  component "Backups" {
    when     = known(self.backups, false) == true
    unit     = "months"
    quantity = is_whole ? 1 : usage.monthly_hrs / 624
    price {
      service     = "server"
      server_type = self.server_type
      billing     = "monthly"
      times       = 0.2
    }
  }

  component "IPv4 address" {
    when     = has_ipv4
    unit     = "months"
    quantity = is_whole ? 1 : usage.monthly_hrs / 624
    price {
      service = "network"
      item    = "primary IPv4"
    }
  }

  component "Outbound traffic beyond 20 TB" {
    when     = coalesce(usage.monthly_outbound_gb, 0) > 20000
    unit     = "GB"
    quantity = usage.monthly_outbound_gb - 20000
    rate {
      price    = 0.001
      currency = "EUR"
      source   = "https://docs.hetzner.com/cloud/billing/faq/"
      as_of    = "2026-05-27"
    }
  }

  example "a plain server" {
    self   = { server_type = "cx23", image = "debian-13", location = "fsn1" }
    region = "fsn1"
    expect = { "Server, whole month" = 1, "IPv4 address" = 1 }
  }
  example "backups, no address, much traffic" {
    self = {
      server_type = "ccx13"
      location    = "hel1"
      backups     = true
      public_net  = [{ ipv4_enabled = false, ipv6_enabled = true }]
    }
    region = "hel1"
    usage  = { monthly_outbound_gb = 25000 }
    expect = { "Server, whole month" = 1, "Backups" = 1, "Outbound traffic beyond 20 TB" = 5000 }
  }
  example "part of a month" {
    self   = { server_type = "cax11", datacenter = "nbg1-dc3" }
    region = "nbg1"
    usage  = { monthly_hrs = 156 }
    expect = { "Server" = 156, "IPv4 address" = 0.25 }
  }
  example "its own address" {
    self   = { server_type = "cx23", location = "fsn1", public_net = [{ ipv4_enabled = true, ipv4 = 4711 }] }
    region = "fsn1"
    expect = { "Server, whole month" = 1 }
  }
}

resource "hcloud_primary_ip" {
  docs = "https://www.hetzner.com/cloud/"
  free = self.type == "ipv6"

  component "IPv4 address" {
    unit     = "months"
    quantity = 1
    price {
      service = "network"
      item    = "primary IPv4"
    }
  }

  example "an IPv4 address" {
    self   = { name = "web", type = "ipv4" }
    region = "fsn1"
    expect = { "IPv4 address" = 1 }
  }
  example "an IPv6 network costs nothing" {
    self   = { name = "web", type = "ipv6" }
    region = "fsn1"
    expect = {}
  }
}

resource "hcloud_volume" {
  docs = "https://www.hetzner.com/cloud/"

  component "Storage" {
    unit     = "GB"
    quantity = self.size
    price {
      service = "storage"
      item    = "volume"
    }
  }

  example "a volume" {
    self   = { name = "data", size = 50, location = "fsn1" }
    region = "fsn1"
    expect = { "Storage" = 50 }
  }
}

resource "hcloud_snapshot" {
  docs = "https://www.hetzner.com/cloud/"

  usage {
    # GB that the snapshot holds, compressed.
    storage_gb = null
  }

  component "Storage" {
    unit     = "GB"
    quantity = usage.storage_gb
    price {
      service = "storage"
      item    = "snapshot"
    }
  }

  example "a snapshot" {
    self   = { server_id = 1 }
    region = "fsn1"
    usage  = { storage_gb = 20 }
    expect = { "Storage" = 20 }
  }
}

resource "hcloud_load_balancer" {
  docs = "https://www.hetzner.com/cloud/load-balancer/"

  component "Load balancer" {
    detail   = self.load_balancer_type
    unit     = "months"
    quantity = 1
    unpriced = "prices of load balancers by type"
  }

  example "a load balancer" {
    self   = { name = "front", load_balancer_type = "lb11", location = "fsn1" }
    region = "fsn1"
    expect = { "Load balancer" = 1 }
  }
}
