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

  # A configuration of the provider speaks to one region; what is elsewhere says so in its `region`.
  one_region  = true
  one_account = true

  located = coalesce(
    try(regex("^arn:[^:]*:[^:]*:([^:]+):", known(self.id, null))[0], null),
    try(regex("[.]([a-z]{2}(?:-[a-z]+)+-[0-9]+)[.]", known(self.dns_name, null))[0], null),
    try(regex("[.]([a-z]{2}(?:-[a-z]+)+-[0-9]+)[.]", known(self.private_dns, null))[0], null),
    try(regex("[.]([a-z]{2}(?:-[a-z]+)+-[0-9]+)[.]", known(self.public_dns, null))[0], null),
    try(regex("[.]([a-z]{2}(?:-[a-z]+)+-[0-9]+)[.]", known(self.endpoint, null))[0], null),
    try(regex("[.]([a-z]{2}(?:-[a-z]+)+-[0-9]+)[.]", known(self.bucket_regional_domain_name, null))[0], null),
    try(regex("[.]([a-z]{2}(?:-[a-z]+)+-[0-9]+)[.]", known(self.repository_url, null))[0], null),
    try(regex("[.]([a-z]{2}(?:-[a-z]+)+-[0-9]+)[.]", known(self.invoke_url, null))[0], null),
    try(regex("[.]([a-z]{2}(?:-[a-z]+)+-[0-9]+)[.]", known(self.url, null))[0], null),
    try(regex("[.]([a-z]{2}(?:-[a-z]+)+-[0-9]+)[.]", known(self.id, null))[0], null),
    endswith(coalesce(known(self.private_dns, null), "-"), ".ec2.internal") ? "us-east-1" : null,
    try(regex("^[a-z]+(?:-[a-z]+)+-[0-9]+", known(ref("subnet_id").availability_zone, null)), null),
    try(regex("^[a-z]+(?:-[a-z]+)+-[0-9]+", known(ref("subnets").availability_zone, null)), null),
    try(regex("^[a-z]+(?:-[a-z]+)+-[0-9]+", known(ref("instance").availability_zone, null)), null),
    try(regex("^[a-z]+(?:-[a-z]+)+-[0-9]+", known(ref("instances").availability_zone, null)), null),
  )

  account = coalesce(
    try(regex("^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):", known(self.arn, null))[0], null),
    try(regex("^[0-9]{12}$", known(self.owner_id, null)), null),
    try(regex("^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):", known(self.id, null))[0], null),
  )
  configured_account = coalesce(
    try(regex("^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):", self.assume_role[0].role_arn)[0], null),
    try(regex("^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):", self.assume_role_with_web_identity[0].role_arn)[0], null),
    try(length(self.allowed_account_ids) == 1 ? regex("^[0-9]{12}$", self.allowed_account_ids[0]) : null, null),
  )
}
