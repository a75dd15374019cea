provider "aws" {
  region = "eu-central-1"
}

locals {
  one = local.two
  two = local.one
}

resource "aws_instance" "web" {
  instance_type = local.one
}
