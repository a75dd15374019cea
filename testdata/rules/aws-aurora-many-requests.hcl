case "a thousand requests a second" {
  usage = { "aws_rds_cluster.db" = { storage_gb = 100, write_requests_per_sec = 500, read_requests_per_sec = 500 } }
  resource "aws_rds_cluster" "db" {
    engine = "aurora-mysql"
  }
  resource "aws_rds_cluster_instance" "writer" {
    cluster_identifier = aws_rds_cluster.db.id
    engine             = "aurora-mysql"
    instance_class     = "db.r6g.large"
  }
  finds = { "aws_rds_cluster.db" = 1000 * 730 * 3600 * 0.0000002 - 730 * (0.338 - 0.26) - 100 * (0.225 - 0.10) }
}

case "few requests" {
  usage = { "aws_rds_cluster.db" = { storage_gb = 100, write_requests_per_sec = 5, read_requests_per_sec = 5 } }
  resource "aws_rds_cluster" "db" {
    engine = "aurora-mysql"
  }
  resource "aws_rds_cluster_instance" "writer" {
    cluster_identifier = aws_rds_cluster.db.id
    engine             = "aurora-mysql"
    instance_class     = "db.r6g.large"
  }
  finds = {}
}

case "nobody said how many" {
  resource "aws_rds_cluster" "db" {
    engine = "aurora-mysql"
  }
  finds = {}
}
