case "thirty days of 50 GB" {
  usage = { "aws_rds_cluster.db" = { backup_snapshot_size_gb = 50 } }
  resource "aws_rds_cluster" "db" {
    engine                  = "aurora-mysql"
    backup_retention_period = 30
    tags                    = { env = "staging" }
  }
  finds = { "aws_rds_cluster.db" = 50 * (30 - 7) * 0.021 }
}

case "a week" {
  resource "aws_rds_cluster" "db" {
    engine                  = "aurora-mysql"
    backup_retention_period = 7
    tags                    = { env = "staging" }
  }
  finds = {}
}
