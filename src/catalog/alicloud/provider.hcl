# Zones begin with their region: ap-southeast-1a, cn-hangzhou-h. A bucket says its location as oss-cn-hangzhou.
provider "alicloud" {
  book = "alibaba"
  tags = self.tags

  region = coalesce(
    known(self.region_id, null),
    try(regex("^[a-z]+-[a-z]+-[0-9]+", known(self.availability_zone, null)), null),
    try(regex("^cn-[a-z]+(?:-lr)?", known(self.availability_zone, null)), null),
    try(regex("^[a-z]+-[a-z]+-[0-9]+", known(self.zone_id, null)), null),
    try(regex("^cn-[a-z]+(?:-lr)?", known(self.zone_id, null)), null),
    try(regex("^[a-z]+-[a-z]+-[0-9]+", known(self.master_zone_id, null)), null),
    try(regex("^cn-[a-z]+(?:-lr)?", known(self.master_zone_id, null)), null),
    try(trimprefix(known(self.location, null), "oss-"), null),
  )

  # A configuration of the provider speaks to one region.
  one_region  = true
  one_account = true
  located = coalesce(
    try(regex("^acs:[^:]*:([^:]+):", known(self.arn, null))[0], null),
    try(regex("[.]([a-z]+-[a-z]+(?:-[0-9]+)?)[.](?:internal[.])?(?:rds[.])?aliyuncs[.]com", known(self.connection_string, null))[0], null),
  )
  account            = try(regex("^acs:[^:]*:[^:]*:([0-9]+):", known(self.arn, null))[0], null)
  configured_account = coalesce(self.account_id, try(regex("^acs:ram::([0-9]+):", self.assume_role[0].role_arn)[0], null))
}
