table "scaleway_instance_type" {
  csv = "instance_types.csv"
  key = "type"
}

resource "scaleway_instance_server" {
  docs = "https://www.scaleway.com/en/pricing/virtual-instances/"

  usage {
    # Hours a month that the instance runs.
    monthly_hrs = 730
    # GB of the root volume, where only the image says it.
    root_volume_gb = null
  }

  let {
    root = known(self.root_volume, [])[0]
    # The default depends on the type: the old ranges have a local disk.
    kind = known(root.volume_type, can(regex("^(DEV1|GP1|START1|STARDUST1|X64)-", self.type)) ? "l_ssd" : "sbs_volume")
  }

  component "Instance usage" {
    detail   = self.type
    unit     = "hours"
    quantity = usage.monthly_hrs
    note     = "With its outbound traffic; a public IPv4 address costs extra, as scaleway_instance_ip."
    price {
      service = "instance"
      type    = self.type
    }
  }

  component "Block storage" {
    when     = kind != "l_ssd" && kind != "scratch"
    unit     = "GB"
    quantity = coalesce(known(root.size_in_gb, null), usage.root_volume_gb)
    price {
      service = "block"
      item    = "volume"
    }
  }

  component "Local storage" {
    when     = kind == "l_ssd" || kind == "scratch"
    unit     = "GB"
    quantity = coalesce(known(root.size_in_gb, null), usage.root_volume_gb)
    unpriced = "prices of Scaleway's local storage"
  }

  example "block storage" {
    self = {
      type        = "PRO2-S"
      image       = "debian_bookworm"
      zone        = "fr-par-1"
      root_volume = [{ volume_type = "sbs_volume", size_in_gb = 50 }]
    }
    region = "fr-par"
    expect = { "Instance usage" = 730, "Block storage" = 50 }
  }
  example "local storage" {
    self   = { type = "DEV1-S", zone = "fr-par-1", root_volume = [{ volume_type = "l_ssd", size_in_gb = 20 }] }
    region = "fr-par"
    usage  = { monthly_hrs = 100 }
    expect = { "Instance usage" = 100, "Local storage" = 20 }
  }
  example "the image says the volume" {
    self   = { type = "POP2-2C-8G", zone = "fr-par-1" }
    region = "fr-par"
    expect = { "Instance usage" = 730, "Block storage" = null }
  }
}

resource "scaleway_block_volume" {
  docs = "https://www.scaleway.com/en/pricing/storage/"

  let {
    iops = known(self.iops, 5000)
  }

  component "Block storage" {
    when     = iops <= 5000
    unit     = "GB"
    quantity = self.size_in_gb
    price {
      service = "block"
      item    = "volume"
    }
  }

  component "Block storage, 15,000 IOPS" {
    when     = iops > 5000
    unit     = "GB"
    quantity = self.size_in_gb
    unpriced = "prices of Scaleway's faster block storage"
  }

  example "a volume" {
    self   = { iops = 5000, size_in_gb = 100 }
    region = "fr-par"
    expect = { "Block storage" = 100 }
  }
  example "a fast volume" {
    self   = { iops = 15000, size_in_gb = 100 }
    region = "fr-par"
    expect = { "Block storage, 15,000 IOPS" = 100 }
  }
}

resource "scaleway_instance_ip" {
  docs = "https://www.scaleway.com/en/pricing/network/"
  free = known(self.type, "routed_ipv4") == "routed_ipv6"

  component "IPv4 address" {
    unit     = "hours"
    quantity = 730
    unpriced = "prices of Scaleway's IPv4 addresses"
  }

  example "an address" {
    self   = { zone = "fr-par-1" }
    region = "fr-par"
    expect = { "IPv4 address" = 730 }
  }
  example "an IPv6 address costs nothing" {
    self   = { zone = "fr-par-1", type = "routed_ipv6" }
    region = "fr-par"
    expect = {}
  }
}
