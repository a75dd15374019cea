variable "type" {
  type    = string
  default = "t3.micro"
}

variable "number" {
  type    = number
  default = 1
}

variable "note" {
  type    = string
  default = ""
}

resource "aws_instance" "this" {
  count         = var.number
  ami           = "ami-00000000"
  instance_type = var.type
  user_data     = var.note

  root_block_device {
    volume_type = "gp3"
    volume_size = 8
  }
}

output "address" {
  value = join(",", aws_instance.this[*].private_ip)
}

output "number" {
  value = var.number
}
