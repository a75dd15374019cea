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

  located = coalesce(
    try(regex("/(?:regions|zones|locations)/([a-z]+-[a-z]+[0-9]+)", known(self.self_link, null))[0], null),
    try(regex("/(?:regions|zones|locations)/([a-z]+-[a-z]+[0-9]+)", known(self.id, null))[0], null),
    try(regex("/(?:regions|zones|locations)/([a-z]+-[a-z]+[0-9]+)", known(self.subnetwork, null))[0], null),
    known(ref("subnetwork").region, null),
    known(ref("instance", "google_sql_database_instance").region, null),
    try(regex("^[a-z]+-[a-z]+[0-9]+", lower(known(ref("cluster").location, null))), null),
  )
  configured_region = try(regex("^[a-z]+-[a-z]+[0-9]+", self.zone), null)

  account = coalesce(
    known(self.project, null),
    try(regex("(?:^|/)projects/([^/]+)", known(self.self_link, null))[0], null),
    try(regex("^projects/([^/]+)", known(self.id, null))[0], null),
  )
  configured_account = self.project
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

  located = coalesce(
    try(regex("/(?:regions|zones|locations)/([a-z]+-[a-z]+[0-9]+)", known(self.self_link, null))[0], null),
    try(regex("/(?:regions|zones|locations)/([a-z]+-[a-z]+[0-9]+)", known(self.id, null))[0], null),
    try(regex("/(?:regions|zones|locations)/([a-z]+-[a-z]+[0-9]+)", known(self.subnetwork, null))[0], null),
    known(ref("subnetwork").region, null),
    known(ref("instance", "google_sql_database_instance").region, null),
    try(regex("^[a-z]+-[a-z]+[0-9]+", lower(known(ref("cluster").location, null))), null),
  )
  configured_region = try(regex("^[a-z]+-[a-z]+[0-9]+", self.zone), null)

  account = coalesce(
    known(self.project, null),
    try(regex("(?:^|/)projects/([^/]+)", known(self.self_link, null))[0], null),
    try(regex("^projects/([^/]+)", known(self.id, null))[0], null),
  )
  configured_account = self.project
}
