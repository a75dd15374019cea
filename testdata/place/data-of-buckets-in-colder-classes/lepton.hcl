placement {}

usage "aws_s3_bucket.archive" {
  standard = { storage_gb = 1000, monthly_tier_2_requests = 50000 }
}

workload "aws_s3_bucket.archive" {
  objects = 1000000
}

usage "aws_s3_bucket.thumbnails" {
  standard = { storage_gb = 953.674, monthly_tier_2_requests = 2500000 }
}

workload "aws_s3_bucket.thumbnails" {
  objects         = 50000000
  lifetime_months = 12
}

usage "aws_s3_bucket.logs" {
  standard = { storage_gb = 100 }
}
