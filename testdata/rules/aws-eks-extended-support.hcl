case "a version whose standard support is over" {
  resource "aws_eks_cluster" "main" {
    name    = "main"
    version = "1.31"
  }
  finds = { "aws_eks_cluster.main" = 730 * (0.60 - 0.10) }
}

case "on the last day of standard support it costs no more yet" {
  today = "2026-07-29"
  resource "aws_eks_cluster" "main" {
    name    = "main"
    version = "1.33"
  }
  finds = {}
}

case "a version that AWS upgrades in time" {
  resource "aws_eks_cluster" "main" {
    name    = "main"
    version = "1.31"
    upgrade_policy {
      support_type = "STANDARD"
    }
  }
  finds = {}
}

case "a new version" {
  resource "aws_eks_cluster" "main" {
    name    = "main"
    version = "1.35"
  }
  finds = {}
}

case "no version: the newest" {
  resource "aws_eks_cluster" "main" {
    name = "main"
  }
  finds = {}
}
