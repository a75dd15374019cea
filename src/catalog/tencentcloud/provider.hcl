# Zones begin with their region: ap-guangzhou-3, ap-shanghai-fsi-1. A bucket says its own in its URL.
provider "tencentcloud" {
  book = "tencent"
  tags = self.tags

  # A configuration of the provider speaks to one region.
  one_region         = true
  configured_account = try(regex("^qcs::cam::uin/([0-9]+):", self.assume_role[0].role_arn)[0], null)

  region = coalesce(
    try(regex("^[a-z]+-[a-z]+(?:-fsi)?", known(self.availability_zone, null)), null),
    try(regex("^[a-z]+-[a-z]+(?:-fsi)?", known(self.zone, null)), null),
    try(regex("^[a-z]+-[a-z]+(?:-fsi)?", known(self.master_zone_id, null)), null),
    try(regex("[.]cos[.]([a-z0-9-]+)[.]", known(self.cos_bucket_url, null))[0], null),
  )
}
