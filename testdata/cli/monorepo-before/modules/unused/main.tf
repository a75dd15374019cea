variable "size" {
  type = string
}

resource "aws_instance" "worker" {
  ami           = "ami-1"
  instance_type = var.size
}
