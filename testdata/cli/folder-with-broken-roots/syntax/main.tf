provider "aws" {
  region = "eu-central-1"
}

resource "aws_instance" "web" {
  instance_type = "t3.medium
}
