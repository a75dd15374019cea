variable "name" { type = string }
variable "vpc_id" { type = string }
variable "subnets" { type = list(string) }
variable "lb_subnets" { type = list(string) }
variable "size" { type = string }
variable "desired" { type = number }
variable "max" { type = number }
variable "volume_gb" { type = number }

resource "aws_security_group" "this" {
  name   = var.name
  vpc_id = var.vpc_id
  dynamic "ingress" {
    for_each = { http = 80, https = 443 }
    content {
      description = ingress.key
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
resource "aws_launch_template" "this" {
  name_prefix            = "${var.name}-"
  image_id               = "ami-0abcdef1234567890"
  instance_type          = var.size
  vpc_security_group_ids = [aws_security_group.this.id]
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = var.volume_gb
      volume_type = "gp3"
    }
  }
}
resource "aws_autoscaling_group" "this" {
  name                = var.name
  min_size            = var.desired
  desired_capacity    = var.desired
  max_size            = var.max
  vpc_zone_identifier = var.subnets
  launch_template {
    id      = aws_launch_template.this.id
    version = "$Latest"
  }
  target_group_arns = aws_lb_target_group.this[*].arn
}

locals { is_public = length(var.lb_subnets) > 0 }

resource "aws_lb" "this" {
  count              = local.is_public ? 1 : 0
  name               = var.name
  load_balancer_type = "application"
  subnets            = var.lb_subnets
}
resource "aws_lb_target_group" "this" {
  count    = local.is_public ? 1 : 0
  name     = var.name
  port     = 80
  protocol = "HTTP"
  vpc_id   = var.vpc_id
}
resource "aws_lb_listener" "this" {
  count             = local.is_public ? 1 : 0
  load_balancer_arn = aws_lb.this[0].arn
  port              = 80
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this[0].arn
  }
}

output "url" { value = local.is_public ? "http://${aws_lb.this[0].dns_name}" : null }
