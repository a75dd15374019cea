# What is assumed of data sources of Google Cloud when a configuration is priced without a plan: nobody is asked.

# The letters of a region's zones, where they are not a, b and c.
# https://cloud.google.com/compute/docs/regions-zones
table "google_zone_letters" {
  rows = { us-east1 = ["b", "c", "d"], europe-west1 = ["b", "c", "d"], us-central1 = ["a", "b", "c", "f"] }
}

data "google_compute_zones" {
  let {
    place   = coalesce(known(self.region, null), region)
    letters = coalesce(table.google_zone_letters[place], ["a", "b", "c"])
  }
  names = place == null ? null : [for letter in letters : "${place}-${letter}"]
}

data "google_client_config" {
  region = region
}
