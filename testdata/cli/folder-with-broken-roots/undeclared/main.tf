provider "aws" {
  region = "eu-central-1"
}

variable "size" {
  default = "t3.medium"
}

resource "aws_instance" "web" {
  instance_type = var.sise
}
