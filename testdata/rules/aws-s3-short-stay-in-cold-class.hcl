case "thirty days in Glacier" {
  resource "aws_s3_bucket_lifecycle_configuration" "logs" {
    bucket = "logs"
    rule {
      id     = "old"
      status = "Enabled"
      transition {
        days          = 30
        storage_class = "STANDARD_IA"
      }
      transition {
        days          = 60
        storage_class = "GLACIER"
      }
      expiration {
        days = 90
      }
    }
  }
  finds = { "aws_s3_bucket_lifecycle_configuration.logs" = null }
}

case "long enough" {
  resource "aws_s3_bucket_lifecycle_configuration" "logs" {
    bucket = "logs"
    rule {
      id     = "old"
      status = "Enabled"
      transition {
        days          = 30
        storage_class = "GLACIER"
      }
      expiration {
        days = 120
      }
    }
  }
  finds = {}
}

case "never expires" {
  resource "aws_s3_bucket_lifecycle_configuration" "logs" {
    bucket = "logs"
    rule {
      id     = "old"
      status = "Enabled"
      transition {
        days          = 30
        storage_class = "DEEP_ARCHIVE"
      }
    }
  }
  finds = {}
}
