placement {
  regions           = ["google/europe-west33"]
  forbidden_regions = ["aws/eu-centrall-1"]
}

pin "aws_instance.app" {
  region = "azure/germanywestcentrale"
}
