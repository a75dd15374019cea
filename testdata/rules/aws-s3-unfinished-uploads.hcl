case "only an expiration" {
  resource "aws_s3_bucket_lifecycle_configuration" "logs" {
    bucket = "logs"
    rule {
      id     = "old"
      status = "Enabled"
      expiration {
        days = 90
      }
    }
  }
  finds = { "aws_s3_bucket_lifecycle_configuration.logs" = null }
}

case "a rule that is not enabled does nothing" {
  resource "aws_s3_bucket_lifecycle_configuration" "logs" {
    bucket = "logs"
    rule {
      id     = "uploads"
      status = "Disabled"
      abort_incomplete_multipart_upload {
        days_after_initiation = 7
      }
    }
  }
  finds = { "aws_s3_bucket_lifecycle_configuration.logs" = null }
}

case "one of the rules does" {
  resource "aws_s3_bucket_lifecycle_configuration" "logs" {
    bucket = "logs"
    rule {
      id     = "old"
      status = "Enabled"
      expiration {
        days = 90
      }
    }
    rule {
      id     = "uploads"
      status = "Enabled"
      abort_incomplete_multipart_upload {
        days_after_initiation = 7
      }
    }
  }
  finds = {}
}
