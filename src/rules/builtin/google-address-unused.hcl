rule "google-address-unused" {
  title    = "Reserved address that nothing in the plan uses"
  on       = ["google_compute_address", "google_compute_global_address"]
  severity = "warning"

  let {
    users = concat(
      # What exists already says itself who uses it.
      known(self.users, []),
      referrers("google_compute_instance", "network_interface.access_config.nat_ip"),
      referrers("google_compute_instance_from_template", "network_interface.access_config.nat_ip"),
      referrers("google_compute_instance_template", "network_interface.access_config.nat_ip"),
      referrers("google_compute_forwarding_rule", "ip_address"),
      referrers("google_compute_global_forwarding_rule", "ip_address"),
      referrers("google_compute_router_nat", "nat_ips"),
      referrers("google_compute_router_nat", "drain_nat_ips"),
      referrers("google_compute_router_nat", "initial_nat_ips"),
      referrers("google_compute_router_nat", "rules.action.source_nat_active_ips"),
      referrers("google_compute_router_nat_address", "nat_ips"),
      # A controller of Kubernetes takes the address by these, or for a name in DNS.
      referrers("kubernetes_service", "spec.load_balancer_ip"),
      referrers("kubernetes_service_v1", "spec.load_balancer_ip"),
      referrers("kubernetes_ingress_v1", "metadata.annotations"),
      referrers("google_dns_record_set", "rrdatas"),
    )
  }

  when = length(users) == 0 && (
    known(self.address_type, "EXTERNAL") == "EXTERNAL" &&
    coalesce(known(self.ip_version, null), "IPV4") != "IPV6" &&
    known(self.purpose, null) == null
  )
  remove  = true
  message = "nothing in the plan uses this reserved address, and one that is not in use costs more than one that is"

  docs {
    what       = "An external IPv4 address that has no users, and to which no machine, forwarding rule, NAT gateway, service of Kubernetes or DNS record in the plan refers."
    why        = "A reserved address without a user costs twice what one on a machine does; on a forwarding rule it costs nothing."
    ignore     = "Where something outside of the plan uses it, or where it stands in the allow-lists of others and must not be lost."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://cloud.google.com/vpc/network-pricing#ipaddress"
  }
}
