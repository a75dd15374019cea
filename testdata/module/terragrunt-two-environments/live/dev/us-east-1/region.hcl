locals {
  aws_region = "us-east-1"
  zones      = ["us-east-1a"]
}
