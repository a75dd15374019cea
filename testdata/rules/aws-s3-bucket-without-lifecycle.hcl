case "nothing refers to it" {
  resource "aws_s3_bucket" "logs" {
    bucket = "logs"
  }
  finds = { "aws_s3_bucket.logs" = null }
}

case "a configuration refers to it" {
  resource "aws_s3_bucket" "logs" {
    bucket = "logs"
  }
  resource "aws_s3_bucket_lifecycle_configuration" "logs" {
    bucket = aws_s3_bucket.logs.id
    rule {
      id     = "old"
      status = "Enabled"
      expiration {
        days = 90
      }
    }
  }
  finds = {}
}

case "rules in the bucket, as they were written before" {
  resource "aws_s3_bucket" "logs" {
    bucket = "logs"
    lifecycle_rule {
      enabled = true
      expiration {
        days = 90
      }
    }
  }
  finds = {}
}
