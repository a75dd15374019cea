# The prices of fr-par are those of fr-par-1, the provider's default zone; another zone is a region of its own.
provider "scaleway" {
  book           = "scaleway"
  default_region = "fr-par"
  account        = known(self.project_id, null)
  region         = known(self.zone, null) == "fr-par-1" ? "fr-par" : known(self.zone, null)
}
