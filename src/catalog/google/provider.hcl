# A location is a region, or a zone of one.
provider "google" {
  book           = "google"
  default_region = "us-central1"
  region = coalesce(
    known(self.region, null) == null ? null : reverse(split("/", self.region))[0],
    try(regex("^[a-z]+-[a-z]+[0-9]+", reverse(split("/", known(self.zone, null)))[0]), null),
    try(regex("^[a-z]+-[a-z]+[0-9]+", lower(known(self.location, null))), null),
    try(lower(known(self.location, null)), null),
  )
  tags = known(self.effective_labels, known(self.labels, {}))
}

provider "google-beta" {
  book           = "google"
  default_region = "us-central1"
  region = coalesce(
    known(self.region, null) == null ? null : reverse(split("/", self.region))[0],
    try(regex("^[a-z]+-[a-z]+[0-9]+", reverse(split("/", known(self.zone, null)))[0]), null),
    try(regex("^[a-z]+-[a-z]+[0-9]+", lower(known(self.location, null))), null),
    try(lower(known(self.location, null)), null),
  )
  tags = known(self.effective_labels, known(self.labels, {}))
}
