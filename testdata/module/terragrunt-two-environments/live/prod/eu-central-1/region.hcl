locals {
  aws_region = "eu-central-1"
  zones      = ["eu-central-1a", "eu-central-1b"]
}
