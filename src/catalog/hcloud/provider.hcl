# A data centre begins with its location: fsn1-dc14. All locations of the EU cost the same.
provider "hcloud" {
  book           = "hetzner"
  default_region = "fsn1"
  tags           = self.labels

  region = coalesce(
    known(self.location, null),
    known(self.home_location, null),
    try(regex("^[a-z]+[0-9]*", known(self.datacenter, null)), null),
    ref("server_id").location,
  )
}
