provider "exoscale" {
  book   = "exoscale"
  tags   = self.labels
  region = known(self.zone, null)
}
