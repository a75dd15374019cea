rule "aws-s3-noncurrent-versions-kept" {
  title    = "Versioned bucket that keeps every old version"
  on       = "aws_s3_bucket"
  severity = "warning"

  let {
    versionings  = referrers("aws_s3_bucket_versioning", "bucket")
    is_versioned = length([for versioning in versionings : 1 if versioning.versioning_configuration[0].status == "Enabled"]) > 0 || known(self.versioning[0].enabled, false) == true

    configurations = referrers("aws_s3_bucket_lifecycle_configuration", "bucket")
    rules          = flatten([for configuration in configurations : coalesce(configuration.rule, [])])
    expiring       = [for rule in rules : 1 if rule.status == "Enabled" && length(coalesce(rule.noncurrent_version_expiration, [])) > 0]
    expiring_own   = [for rule in known(self.lifecycle_rule, []) : 1 if rule.enabled == true && length(coalesce(rule.noncurrent_version_expiration, [])) > 0]
  }

  when    = is_versioned && length(expiring) + length(expiring_own) == 0
  message = "versioning is on and no rule expires old versions: everything overwritten or deleted is stored and charged for ever"

  docs {
    what       = "An S3 bucket with versioning and without an enabled lifecycle rule that has `noncurrent_version_expiration`."
    why        = "Every overwrite and every deletion keeps the old version at the full price of its class. The bucket grows although its listing does not."
    ignore     = "Where objects are never overwritten or deleted, where all versions must be kept by law or object lock, or the lifecycle is kept elsewhere."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html"
  }
}
