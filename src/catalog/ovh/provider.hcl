# A region is a part of a data centre: GRA11 and GRA9 are of GRA. Those of several zones (EU-WEST-PAR) cost otherwise.
provider "ovh" {
  book    = "ovh"
  account = known(self.service_name, null)
  region = coalesce(
    try(regex("^([A-Z]+)(?:-[A-Z]|[0-9]*)$", known(self.region, null))[0], null),
    known(self.region, null),
    try(regex("^([A-Z]+)(?:-[A-Z]|[0-9]*)$", known(ref("kube_id").region, null))[0], null),
    try(regex("^([A-Z]+)(?:-[A-Z]|[0-9]*)$", known(self.region_name, null))[0], null),
  )
}
