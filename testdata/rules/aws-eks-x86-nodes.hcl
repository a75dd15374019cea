case "three nodes" {
  resource "aws_eks_node_group" "main" {
    cluster_name   = "main"
    instance_types = ["m5.large"]
    scaling_config {
      desired_size = 3
      min_size     = 1
      max_size     = 5
    }
  }
  finds = { "aws_eks_node_group.main" = 3 * 730 * (0.096 - 0.0816) }
}

case "Windows nodes" {
  resource "aws_eks_node_group" "main" {
    cluster_name   = "main"
    instance_types = ["m5.large"]
    ami_type       = "WINDOWS_CORE_2022_x86_64"
    scaling_config {
      desired_size = 3
      min_size     = 1
      max_size     = 5
    }
  }
  finds = {}
}

case "one of the types has no twin" {
  resource "aws_eks_node_group" "main" {
    cluster_name   = "main"
    instance_types = ["m5.large", "g5.xlarge"]
    scaling_config {
      desired_size = 3
      min_size     = 1
      max_size     = 5
    }
  }
  finds = {}
}

case "Graviton already" {
  resource "aws_eks_node_group" "main" {
    cluster_name   = "main"
    instance_types = ["m7g.large"]
    ami_type       = "AL2023_ARM_64_STANDARD"
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
