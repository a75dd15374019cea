placement {
  providers = ["google"]
}

traffic {
  from    = "aws_instance.app"
  to      = "aws_instance.cache"
  gb      = 3000
  back_gb = 3000
}
