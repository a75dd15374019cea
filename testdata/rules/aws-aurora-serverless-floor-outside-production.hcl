case "four units at night" {
  resource "aws_rds_cluster" "db" {
    engine = "aurora-postgresql"
    tags   = { env = "dev" }
    serverlessv2_scaling_configuration {
      min_capacity = 4
      max_capacity = 16
    }
  }
  finds = { "aws_rds_cluster.db" = null }
}

case "the least there is" {
  resource "aws_rds_cluster" "db" {
    engine = "aurora-postgresql"
    tags   = { env = "dev" }
    serverlessv2_scaling_configuration {
      min_capacity = 0.5
      max_capacity = 16
    }
  }
  finds = {}
}

case "provisioned" {
  resource "aws_rds_cluster" "db" {
    engine = "aurora-postgresql"
    tags   = { env = "dev" }
  }
  finds = {}
}
