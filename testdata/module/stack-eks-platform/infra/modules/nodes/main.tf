variable "cluster" { type = string }
variable "name" { type = string }
variable "role" { type = string }
variable "subnets" { type = list(string) }
variable "pool" {
  type = object({
    types   = list(string)
    min     = number
    max     = number
    spot    = bool
    disk_gb = number
    taints  = list(object({ key = string, value = string, effect = string }))
  })
  validation {
    condition     = var.pool.min <= var.pool.max
    error_message = "A pool has at least as many nodes at most as at least."
  }
}

resource "aws_launch_template" "this" {
  name_prefix = "${var.cluster}-${var.name}-"
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = var.pool.disk_gb
      volume_type = "gp3"
    }
  }
}
resource "aws_eks_node_group" "this" {
  cluster_name    = var.cluster
  node_group_name = var.name
  node_role_arn   = var.role
  subnet_ids      = var.subnets
  instance_types  = var.pool.types
  capacity_type   = var.pool.spot ? "SPOT" : "ON_DEMAND"
  launch_template {
    id      = aws_launch_template.this.id
    version = aws_launch_template.this.latest_version
  }
  scaling_config {
    desired_size = var.pool.min
    min_size     = var.pool.min
    max_size     = var.pool.max
  }
  dynamic "taint" {
    for_each = var.pool.taints
    content {
      key    = taint.value.key
      value  = taint.value.value
      effect = taint.value.effect
    }
  }
}

output "bounds" { value = "${var.pool.min} to ${var.pool.max}" }
