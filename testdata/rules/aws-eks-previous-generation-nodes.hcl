case "three old nodes" {
  resource "aws_eks_node_group" "main" {
    cluster_name   = "main"
    instance_types = ["c4.large"]
    scaling_config {
      desired_size = 3
      min_size     = 1
      max_size     = 5
    }
  }
  finds = { "aws_eks_node_group.main" = 3 * 730 * (0.10 - 0.085) }
}

case "current nodes" {
  resource "aws_eks_node_group" "main" {
    cluster_name   = "main"
    instance_types = ["c6i.large"]
    scaling_config {
      desired_size = 3
      min_size     = 1
      max_size     = 5
    }
  }
  finds = {}
}

case "the types come from a launch template" {
  resource "aws_eks_node_group" "main" {
    cluster_name = "main"
    scaling_config {
      desired_size = 3
      min_size     = 1
      max_size     = 5
    }
  }
  finds = {}
}
