rule "aws-s3-bucket-without-lifecycle" {
  title    = "Bucket without a lifecycle"
  on       = "aws_s3_bucket"
  severity = "note"

  when = length(known(self.lifecycle_rule, [])) == 0 && (
    length(referrers("aws_s3_bucket_lifecycle_configuration", "bucket")) == 0
  )
  message = "nothing in this bucket ever expires or moves to a cheaper class: no lifecycle configuration refers to it"

  docs {
    what       = "An S3 bucket that no `aws_s3_bucket_lifecycle_configuration` of the plan refers to, and that has no rules of its own."
    why        = "What is stored stays in the dearest class and is paid for every month until somebody deletes it. Logs, build results and copies are seldom read after weeks."
    ignore     = "Where all objects are read often or are few, where the class Intelligent-Tiering is chosen at upload, or the lifecycle is kept elsewhere."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html"
  }
}
