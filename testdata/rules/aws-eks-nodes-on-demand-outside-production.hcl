case "two nodes in development" {
  resource "aws_eks_node_group" "main" {
    cluster_name   = "main"
    instance_types = ["m5.large"]
    scaling_config {
      desired_size = 2
      min_size     = 1
      max_size     = 3
    }
    tags = { Environment = "dev" }
  }
  finds = { "aws_eks_node_group.main" = 2 * 730 * (0.096 - 0.0434) }
}

case "spot already" {
  resource "aws_eks_node_group" "main" {
    cluster_name   = "main"
    instance_types = ["m5.large"]
    capacity_type  = "SPOT"
    scaling_config {
      desired_size = 2
      min_size     = 1
      max_size     = 3
    }
    tags = { Environment = "dev" }
  }
  finds = {}
}

case "production" {
  resource "aws_eks_node_group" "main" {
    cluster_name   = "main"
    instance_types = ["m5.large"]
    scaling_config {
      desired_size = 2
      min_size     = 1
      max_size     = 3
    }
    tags = { Environment = "production" }
  }
  finds = {}
}
