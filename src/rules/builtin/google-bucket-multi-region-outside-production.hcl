rule "google-bucket-multi-region-outside-production" {
  title    = "Multi-region bucket outside production"
  on       = "google_storage_bucket"
  severity = "warning"

  # A region of each multi-region at its lowest price.
  table "region" {
    rows = {
      US   = "US-CENTRAL1"
      EU   = "EUROPE-WEST1"
      ASIA = "ASIA-EAST1"
    }
  }

  let {
    location = upper(known(self.location, null))
    near     = table.region[location]
  }

  # A location is chosen once: the change of a bucket that stands would delete it.
  when    = production == false && near != null && action == "create"
  instead = { location = near }
  message = "this new bucket outside production is in the multi-region ${location}; a region such as ${near} stores a GB for a quarter less"

  docs {
    what       = "A bucket to be created in US, EU or ASIA, whose labels, module or project say that it is not production."
    why        = "A multi-region stores each object in places far from each other. It costs about a third more a GB than a region, has dearer writes, and charges for the replication of every GB written."
    ignore     = "Where the bucket serves readers all over a continent, or where the outage of a region is tested. Choose the region in which its readers run: reads from there are free."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://cloud.google.com/storage/docs/locations"
  }
}
