variable "name" {
  type = string
}

variable "class" {
  type = string
}

variable "storage_gb" {
  type = number
}

variable "multi_az" {
  type    = bool
  default = false
}

variable "subnet_ids" {
  type = list(string)
}

resource "aws_db_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

resource "aws_db_instance" "this" {
  identifier           = var.name
  engine               = "postgres"
  instance_class       = var.class
  allocated_storage    = var.storage_gb
  storage_type         = "gp2"
  multi_az             = var.multi_az
  db_subnet_group_name = aws_db_subnet_group.this.name
}

output "endpoint" {
  value = aws_db_instance.this.endpoint
}

output "multi_az" {
  value = var.multi_az
}
