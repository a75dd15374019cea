resource "google_compute_address" {
  docs = "https://cloud.google.com/vpc/network-pricing#ipaddress"
  free = known(self.address_type, "EXTERNAL") == "INTERNAL"
  usage {
    # Whether something uses the address: standard_vm, preemptible_vm or unused.
    address_usage = null
  }
  let {
    machines = referrers("google_compute_instance", "network_interface.access_config.nat_ip")
    others   = concat(referrers("google_compute_forwarding_rule", "ip_address"), referrers("google_compute_router_nat", "nat_ips"))
    is_used  = length(machines) > 0 || length(others) > 0
  }
  component "IP address (standard VM)" {
    when     = is_used
    unit     = "hours"
    quantity = 730
    price {
      service = "Compute Engine"
      sku     = "External IP Charge on a Standard VM"
    }
  }
  component "IP address (unused)" {
    when     = !is_used
    unit     = "hours"
    quantity = 730
    price {
      service = "Compute Engine"
      sku     = "Static Ip Charge"
    }
  }
  example "nothing uses it" {
    self   = { name = "a" }
    expect = { "IP address (unused)" = 730 }
  }
  example "a machine uses it" {
    self      = { name = "a" }
    referrers = { "google_compute_instance.network_interface.access_config.nat_ip" = [{ name = "vm" }] }
    expect    = { "IP address (standard VM)" = 730 }
  }
  example "internal addresses are free" {
    self   = { address_type = "INTERNAL" }
    expect = {}
  }
}

resource "google_compute_global_address" {
  docs = "https://cloud.google.com/vpc/network-pricing#ipaddress"
  free = known(self.address_type, "EXTERNAL") == "INTERNAL" || known(self.purpose, null) != null
  let {
    rules = referrers("google_compute_global_forwarding_rule", "ip_address")
  }
  component "IP address (unused)" {
    when     = length(rules) == 0
    unit     = "hours"
    quantity = 730
    price {
      service = "Compute Engine"
      sku     = "Static Ip Charge"
      region  = "us-central1"
    }
  }
  component "IP address (in use)" {
    when     = length(rules) > 0
    unit     = "hours"
    quantity = 730
    rate {
      price    = 0
      currency = "USD"
      source   = "https://cloud.google.com/vpc/network-pricing#ipaddress (addresses of forwarding rules are not charged)"
      as_of    = "2026-07"
    }
  }
  example "nothing uses it" {
    self   = { name = "a" }
    expect = { "IP address (unused)" = 730 }
  }
  example "a forwarding rule uses it" {
    self      = { name = "a" }
    referrers = { "google_compute_global_forwarding_rule.ip_address" = [{ name = "r" }] }
    expect    = { "IP address (in use)" = 730 }
  }
  example "reserved for peering" {
    self   = { address_type = "INTERNAL", purpose = "VPC_PEERING" }
    expect = {}
  }
}

# A gateway bills each machine it serves up to 32, then stays.
resource "google_compute_router_nat" {
  docs = "https://cloud.google.com/nat/pricing"
  usage {
    # Machines that the gateway serves.
    assigned_vms = null
    # GB that the gateway processes a month.
    monthly_data_processed_gb = null
  }
  component "Assigned VMs (first 32)" {
    unit     = "VM-hours"
    quantity = min(32, usage.assigned_vms) * 730
    price {
      service = "Networking"
      sku     = "Networking Cloud Nat Gateway Uptime"
    }
  }
  component "Data processed" {
    unit     = "GB"
    quantity = usage.monthly_data_processed_gb
    price {
      service = "Networking"
      sku     = "Networking Cloud Nat Data Processing"
    }
  }
  example "more than 32 machines" {
    self   = {}
    usage  = { assigned_vms = 40, monthly_data_processed_gb = 10 }
    expect = { "Assigned VMs (first 32)" = 23360, "Data processed" = 10 }
  }
}

# The list price of the first five rules of a project is one price for them together; each rule is shown at the price
# of an additional one.
template "google_forwarding_rule" {
  input "sku" { type = string }
  input "data_sku" { type = string }
  usage {
    # GB that the load balancer takes in a month.
    monthly_ingress_data_gb = null
  }
  component "Forwarding rules" {
    unit     = "hours"
    quantity = 730
    price {
      service = "Compute Engine"
      sku     = sku
    }
  }
  component "Ingress data" {
    unit     = "GB"
    quantity = usage.monthly_ingress_data_gb
    price {
      service = "Compute Engine"
      sku     = data_sku
    }
  }
}

resource "google_compute_forwarding_rule" {
  docs = "https://cloud.google.com/vpc/network-pricing#lb"
  use "google_forwarding_rule" {
    sku      = "Network Load Balancing: Forwarding Rule Additional Service Charge"
    data_sku = "Network Load Balancing: Data Processing Charge"
  }
  example "a rule" {
    self   = {}
    usage  = { monthly_ingress_data_gb = 100 }
    expect = { "Forwarding rules" = 730, "Ingress data" = 100 }
  }
}

resource "google_compute_global_forwarding_rule" {
  docs = "https://cloud.google.com/vpc/network-pricing#lb"
  use "google_forwarding_rule" {
    sku      = "Network Load Balancing: Global Forwarding Rule Additional Service Charge"
    data_sku = "Network Load Balancing: Global Data Processing Charge"
  }
  example "a rule" {
    self   = {}
    expect = { "Forwarding rules" = 730, "Ingress data" = null }
  }
}

resource "google_compute_vpn_tunnel" {
  docs = "https://cloud.google.com/vpn/pricing"
  component "VPN Tunnel" {
    unit     = "hours"
    quantity = 730
    price {
      service = "Networking"
      sku     = "Networking Cloud VPN Tunnel"
    }
  }
  example "a tunnel" {
    self   = {}
    expect = { "VPN Tunnel" = 730 }
  }
}

resource "google_dns_managed_zone" {
  docs = "https://cloud.google.com/dns/pricing"
  component "Managed zone" {
    unit     = "months"
    quantity = 1
    price {
      service = "Cloud DNS"
      sku     = "ManagedZone"
    }
  }
  example "a zone" {
    self   = {}
    expect = { "Managed zone" = 1 }
  }
}

resource "google_dns_record_set" {
  docs = "https://cloud.google.com/dns/pricing"
  usage {
    # Queries a month.
    monthly_queries = null
  }
  component "Queries" {
    unit     = "1M queries"
    per      = 1000000
    quantity = usage.monthly_queries
    price {
      service = "Cloud DNS"
      sku     = "DNS Query (port 53)"
    }
  }
  example "a record" {
    self   = {}
    usage  = { monthly_queries = 2000000 }
    expect = { "Queries" = 2000000 }
  }
}
