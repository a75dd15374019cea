placement {}

usage "aws_s3_bucket.archive" {
  storage_gb = 1000
  reads      = 50000
}

workload "aws_s3_bucket.archive" {
  objects = 1000000
}

usage "aws_s3_bucket.thumbnails" {
  storage_gb = 953.674
  reads      = 2500000
}

workload "aws_s3_bucket.thumbnails" {
  objects         = 50000000
  lifetime_months = 12
}

usage "aws_s3_bucket.logs" {
  storage_gb = 100
}
