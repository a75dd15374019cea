variable "size" {
  type = number
}

resource "aws_ebs_volume" "logs" {
  availability_zone = "eu-central-1a"
  size              = var.size
  type              = "gp3"
}
