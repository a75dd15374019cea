placement {
  providers = ["google"]
}

pin "aws_instance.db" {
  provider = "aws"
}

traffic {
  from    = "aws_instance.web"
  to      = "aws_instance.db"
  gb      = 100
  back_gb = 500
}

traffic {
  from = "aws_instance.batch"
  to   = "aws_instance.db"
  gb   = 200
}
