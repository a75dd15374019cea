provider "upcloud" {
  book   = "upcloud"
  tags   = self.labels
  region = known(self.zone, null)
}
