case "no class named" {
  resource "aws_s3_bucket_replication_configuration" "copy" {
    bucket = "logs"
    role   = "arn:aws:iam::123456789012:role/replication"
    rule {
      id     = "all"
      status = "Enabled"
      destination {
        bucket = "arn:aws:s3:::logs-copy"
      }
    }
  }
  finds = { "aws_s3_bucket_replication_configuration.copy" = null }
}

case "copies in Glacier" {
  resource "aws_s3_bucket_replication_configuration" "copy" {
    bucket = "logs"
    role   = "arn:aws:iam::123456789012:role/replication"
    rule {
      id     = "all"
      status = "Enabled"
      destination {
        bucket        = "arn:aws:s3:::logs-copy"
        storage_class = "GLACIER"
      }
    }
  }
  finds = {}
}

case "a rule that is off" {
  resource "aws_s3_bucket_replication_configuration" "copy" {
    bucket = "logs"
    role   = "arn:aws:iam::123456789012:role/replication"
    rule {
      id     = "all"
      status = "Disabled"
      destination {
        bucket = "arn:aws:s3:::logs-copy"
      }
    }
  }
  finds = {}
}
