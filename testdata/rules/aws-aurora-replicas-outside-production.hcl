case "a writer and a reader in staging" {
  resource "aws_rds_cluster" "db" {
    engine = "aurora-mysql"
    tags   = { Stage = "staging" }
  }
  resource "aws_rds_cluster_instance" "a" {
    cluster_identifier = aws_rds_cluster.db.id
    engine             = "aurora-mysql"
    instance_class     = "db.r6g.large"
  }
  resource "aws_rds_cluster_instance" "b" {
    cluster_identifier = aws_rds_cluster.db.id
    engine             = "aurora-mysql"
    instance_class     = "db.r6g.large"
  }
  finds = { "aws_rds_cluster.db" = null }
}

case "one instance" {
  resource "aws_rds_cluster" "db" {
    engine = "aurora-mysql"
    tags   = { Stage = "staging" }
  }
  resource "aws_rds_cluster_instance" "a" {
    cluster_identifier = aws_rds_cluster.db.id
    engine             = "aurora-mysql"
    instance_class     = "db.r6g.large"
  }
  finds = {}
}
