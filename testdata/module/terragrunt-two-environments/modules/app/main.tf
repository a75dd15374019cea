variable "instance_type" {
  type    = string
  default = "t3.small"
}

variable "replicas" {
  type = number
}

variable "database" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "env" {
  type = string
}

resource "aws_instance" "app" {
  count         = var.replicas * length(var.subnet_ids)
  ami           = "ami-00000000"
  instance_type = var.instance_type
  subnet_id     = var.subnet_ids[count.index % length(var.subnet_ids)]
  user_data     = "DATABASE=${var.database}"

  root_block_device {
    volume_type = "gp3"
    volume_size = 20
  }

  tags = {
    Name = "app-${var.env}-${count.index}"
  }
}
