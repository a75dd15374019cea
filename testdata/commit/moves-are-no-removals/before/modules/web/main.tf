variable "machines" {
  type = number
}

variable "size" {
  type = string
}

resource "aws_instance" "web" {
  count         = var.machines
  ami           = "ami-1"
  instance_type = var.size
}

resource "aws_ebs_volume" "logs" {
  availability_zone = "eu-central-1a"
  size              = 100
  type              = "gp2"
}
