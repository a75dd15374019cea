placement {
  providers = []
}

site "rack" {
  country  = "DE"
  capacity = { vcpu = 64, memory_gb = 256 }
  rate     = { vcpu_hour = 0.04, memory_gb_hour = 0.002 }
}

pin "aws_s3_bucket.files" { provider = "aws" }
pin "aws_instance.api" { provider = "aws" }
pin "aws_instance.store" { provider = "aws" }

traffic {
  from = "aws_instance.reader"
  to   = "aws_s3_bucket.files"
  gb   = 5000
}

traffic {
  from    = "aws_instance.api"
  to      = "aws_instance.store"
  gb      = 500
  back_gb = 1500
}

usage "aws_s3_bucket.files" {
  standard = { storage_gb = 1000 }
}

usage "aws_vpc_endpoint.files" {
  monthly_data_processed_gb = 2000
}
