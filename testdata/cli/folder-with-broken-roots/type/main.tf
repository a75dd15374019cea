provider "aws" {
  region = "eu-central-1"
}

variable "machines" {
  type    = number
  default = "many"
}

resource "aws_instance" "web" {
  count         = var.machines
  instance_type = "t3.medium"
}
