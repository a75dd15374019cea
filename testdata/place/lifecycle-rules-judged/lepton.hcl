placement {}

usage "aws_s3_bucket.archive" {
  standard = { storage_gb = 1000, monthly_tier_2_requests = 50000 }
}

workload "aws_s3_bucket.archive" {
  objects         = 1000000
  lifetime_months = 12
}

usage "aws_s3_bucket.at-once" {
  standard = { storage_gb = 1000, monthly_tier_2_requests = 50000 }
}

workload "aws_s3_bucket.at-once" {
  objects         = 1000000
  lifetime_months = 12
}

usage "aws_s3_bucket.short" {
  standard = { storage_gb = 1000, monthly_tier_2_requests = 0 }
}

workload "aws_s3_bucket.short" { objects = 1000000 }

usage "aws_s3_bucket.thumbnails" {
  standard = { storage_gb = 953.674, monthly_tier_2_requests = 0 }
}

workload "aws_s3_bucket.thumbnails" { objects = 50000000 }

usage "aws_s3_bucket.icons" {
  standard = { storage_gb = 953.674, monthly_tier_2_requests = 0 }
}

workload "aws_s3_bucket.icons" { objects = 50000000 }

usage "aws_s3_bucket.events" {
  standard = { storage_gb = 100, monthly_tier_2_requests = 0 }
}

workload "aws_s3_bucket.events" { objects = 100000000 }

usage "aws_s3_bucket.clever" {
  standard = { storage_gb = 100, monthly_tier_2_requests = 0 }
}

workload "aws_s3_bucket.clever" { objects = 1000 }

usage "google_storage_bucket.media" {
  storage_gb                 = 1000
  monthly_class_b_operations = 0
}

workload "google_storage_bucket.media" { objects = 1000 }

usage "azurerm_storage_account.backups" {
  storage_gb              = 1000
  monthly_read_operations = 0
}

workload "azurerm_storage_account.backups" { objects = 1000000 }
