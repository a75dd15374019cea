placement {
  max_loss = "review"
}

traffic {
  from    = "aws_instance.web"
  to      = "aws_instance.db"
  gb      = 2000
  back_gb = 2000
}

traffic {
  from = "aws_instance.web"
  to   = "internet"
  gb   = 5000
}
