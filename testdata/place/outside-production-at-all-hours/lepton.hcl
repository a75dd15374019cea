placement {
  providers      = ["google"]
  schedule_hours = 260
}

# Whose hours are said is no longer an alternative: they count.
workload "aws_instance.staging" {
  hours = 260
}

pin "aws_instance.*" {
  provider = "aws"
}
