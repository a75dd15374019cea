# AWS writes the region in ARNs and in the names of zones; version 6 of the provider also as an attribute.
provider "aws" {
  book           = "aws"
  default_region = "us-east-1"
  region = coalesce(
    known(self.region, null),
    try(split(":", known(self.arn, null))[3], null),
    try(regex("^[a-z]+(?:-[a-z]+)+-[0-9]+", known(self.availability_zone, null)), null),
    try(regex("^[a-z]+(?:-[a-z]+)+-[0-9]+", known(self.availability_zones, [])[0]), null),
  )
  tags = known(self.tags_all, known(self.tags, {}))
}
