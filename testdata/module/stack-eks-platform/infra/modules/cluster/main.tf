variable "name" { type = string }
variable "subnets" { type = list(string) }
variable "version_" { type = string }
variable "partition" { type = string }

resource "aws_iam_role" "cluster" {
  name = "${var.name}-cluster"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "eks.amazonaws.com" } }]
  })
}
resource "aws_iam_role" "nodes" {
  name = "${var.name}-nodes"
  assume_role_policy = templatefile("${path.module}/trust.json.tftpl", { services = ["ec2.amazonaws.com"] })
}
resource "aws_iam_role_policy_attachment" "nodes" {
  for_each   = toset(["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryReadOnly"])
  role       = aws_iam_role.nodes.name
  policy_arn = "arn:${var.partition}:iam::aws:policy/${each.key}"
}
resource "aws_cloudwatch_log_group" "cluster" {
  name              = "/aws/eks/${var.name}/cluster"
  retention_in_days = 30
}
resource "aws_eks_cluster" "this" {
  name     = var.name
  role_arn = aws_iam_role.cluster.arn
  version  = var.version_
  vpc_config { subnet_ids = var.subnets }
  depends_on = [aws_cloudwatch_log_group.cluster]
}
resource "aws_eks_addon" "this" {
  for_each     = toset(["coredns", "kube-proxy", "vpc-cni", "aws-ebs-csi-driver"])
  cluster_name = aws_eks_cluster.this.name
  addon_name   = each.key
}

output "name" { value = aws_eks_cluster.this.name }
output "endpoint" { value = aws_eks_cluster.this.endpoint }
output "node_role" { value = aws_iam_role.nodes.arn }
