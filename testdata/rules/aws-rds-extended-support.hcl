case "MySQL 8.0 with two vCPUs" {
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    engine_version    = "8.0.39"
    instance_class    = "db.m6g.large"
    allocated_storage = 100
    storage_type      = "gp3"
  }
  finds = { "aws_db_instance.db" = 2 * 730 * 0.10 }
}

case "a standby pays too" {
  resource "aws_db_instance" "db" {
    engine            = "postgres"
    engine_version    = "13"
    instance_class    = "db.m6g.large"
    allocated_storage = 100
    storage_type      = "gp3"
    multi_az          = true
  }
  finds = { "aws_db_instance.db" = 2 * 2 * 730 * 0.10 }
}

case "the instances of a cluster pay" {
  resource "aws_rds_cluster" "db" {
    engine         = "aurora-postgresql"
    engine_version = "13.9"
  }
  resource "aws_rds_cluster_instance" "writer" {
    cluster_identifier = aws_rds_cluster.db.id
    engine             = "aurora-postgresql"
    instance_class     = "db.r6g.large"
  }
  finds = { "aws_rds_cluster.db" = 2 * 730 * 0.10 }
}

case "the day before it begins" {
  today = "2026-07-31"
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    engine_version    = "8.0.39"
    instance_class    = "db.m6g.large"
    allocated_storage = 100
    storage_type      = "gp3"
  }
  finds = {}
}

case "opted out: AWS upgrades it instead" {
  resource "aws_db_instance" "db" {
    engine                   = "mysql"
    engine_version           = "8.0.39"
    engine_lifecycle_support = "open-source-rds-extended-support-disabled"
    instance_class           = "db.m6g.large"
    allocated_storage        = 100
    storage_type             = "gp3"
  }
  finds = {}
}

case "a supported version" {
  resource "aws_db_instance" "db" {
    engine            = "postgres"
    engine_version    = "16.4"
    instance_class    = "db.m6g.large"
    allocated_storage = 100
    storage_type      = "gp3"
  }
  finds = {}
}
