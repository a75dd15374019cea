workload "aws_instance.app" {
  with = "aws_instance.cache"
}

workload "aws_instance.cache" {
  with = "aws_instance.app"
}
