case "staging is copied" {
  project = "shop-staging"
  resource "aws_s3_bucket_replication_configuration" "copy" {
    bucket = "uploads"
    role   = "arn:aws:iam::123456789012:role/replication"
    rule {
      id     = "all"
      status = "Enabled"
      destination {
        bucket = "arn:aws:s3:::uploads-copy"
      }
    }
  }
  finds = { "aws_s3_bucket_replication_configuration.copy" = null }
}

case "production is copied" {
  project = "shop-production"
  resource "aws_s3_bucket_replication_configuration" "copy" {
    bucket = "uploads"
    role   = "arn:aws:iam::123456789012:role/replication"
    rule {
      id     = "all"
      status = "Enabled"
      destination {
        bucket = "arn:aws:s3:::uploads-copy"
      }
    }
  }
  finds = {}
}
