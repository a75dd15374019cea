case "versioning without a lifecycle" {
  resource "aws_s3_bucket" "state" {
    bucket = "state"
  }
  resource "aws_s3_bucket_versioning" "state" {
    bucket = aws_s3_bucket.state.id
    versioning_configuration {
      status = "Enabled"
    }
  }
  finds = { "aws_s3_bucket.state" = null }
}

case "a lifecycle for the current versions only" {
  resource "aws_s3_bucket" "state" {
    bucket = "state"
  }
  resource "aws_s3_bucket_versioning" "state" {
    bucket = aws_s3_bucket.state.id
    versioning_configuration {
      status = "Enabled"
    }
  }
  resource "aws_s3_bucket_lifecycle_configuration" "state" {
    bucket = aws_s3_bucket.state.id
    rule {
      id     = "old"
      status = "Enabled"
      expiration {
        days = 90
      }
    }
  }
  finds = { "aws_s3_bucket.state" = null }
}

case "old versions expire" {
  resource "aws_s3_bucket" "state" {
    bucket = "state"
  }
  resource "aws_s3_bucket_versioning" "state" {
    bucket = aws_s3_bucket.state.id
    versioning_configuration {
      status = "Enabled"
    }
  }
  resource "aws_s3_bucket_lifecycle_configuration" "state" {
    bucket = aws_s3_bucket.state.id
    rule {
      id     = "versions"
      status = "Enabled"
      noncurrent_version_expiration {
        noncurrent_days = 30
      }
    }
  }
  finds = {}
}

case "versioning suspended" {
  resource "aws_s3_bucket" "state" {
    bucket = "state"
  }
  resource "aws_s3_bucket_versioning" "state" {
    bucket = aws_s3_bucket.state.id
    versioning_configuration {
      status = "Suspended"
    }
  }
  finds = {}
}
