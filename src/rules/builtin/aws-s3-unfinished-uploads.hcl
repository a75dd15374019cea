rule "aws-s3-unfinished-uploads" {
  title    = "Lifecycle that leaves unfinished uploads"
  on       = "aws_s3_bucket_lifecycle_configuration"
  severity = "warning"

  let {
    aborting = [for rule in self.rule : rule.id if rule.status == "Enabled" && length(coalesce(rule.abort_incomplete_multipart_upload, [])) > 0]
  }

  when    = length(aborting) == 0
  message = "no rule ends unfinished multipart uploads: their parts are stored and charged, and no listing of the bucket shows them"

  docs {
    what       = "A lifecycle configuration without an enabled rule that has `abort_incomplete_multipart_upload`."
    why        = "When a multipart upload breaks off, its parts stay and are charged like objects, but are not listed with them. Only an abort, by hand or by lifecycle, removes them."
    ignore     = "Where no client uploads in parts."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html"
  }
}
