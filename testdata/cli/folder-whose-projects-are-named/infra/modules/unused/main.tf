variable "size" {
  type = string
}

data "aws_subnets" "all" {}

resource "aws_instance" "worker" {
  count         = length(data.aws_subnets.all.ids)
  ami           = "ami-1"
  instance_type = var.size
}
