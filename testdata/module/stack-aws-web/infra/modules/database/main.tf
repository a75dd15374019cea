variable "name" { type = string }
variable "subnets" { type = list(string) }
variable "class" { type = string }
variable "storage" { type = number }
variable "multi_az" { type = bool }
variable "replicas" { type = number }
variable "retention" { type = number }

resource "aws_db_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnets
}
resource "random_password" "master" { length = 24 }

resource "aws_db_instance" "main" {
  identifier              = "${var.name}-main"
  engine                  = "postgres"
  engine_version          = "16.4"
  instance_class          = var.class
  allocated_storage       = var.storage
  storage_type            = "gp3"
  multi_az                = var.multi_az
  username                = "app"
  password                = random_password.master.result
  db_subnet_group_name    = aws_db_subnet_group.this.name
  backup_retention_period = var.retention
}
resource "aws_db_instance" "replica" {
  count               = var.replicas
  identifier          = "${var.name}-replica-${count.index}"
  replicate_source_db = aws_db_instance.main.identifier
  engine              = "postgres"
  instance_class      = var.class
  storage_type        = "gp3"
  allocated_storage   = var.storage
}

output "endpoint" { value = aws_db_instance.main.endpoint }
