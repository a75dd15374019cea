placement {
  providers = ["google"]
}

pin "aws_instance.api" {
  provider = "aws"
}

traffic {
  from = "aws_instance.worker"
  to   = "internet"
  gb   = 4000
}

usage "aws_elb.front" {
  monthly_data_processed_gb = 2000
}

usage "aws_nat_gateway.out" {
  monthly_data_processed_gb = 1000
}
