case "PostgreSQL 14, three months before" {
  resource "aws_db_instance" "db" {
    engine            = "postgres"
    engine_version    = "14.13"
    instance_class    = "db.m6g.large"
    allocated_storage = 100
    storage_type      = "gp3"
  }
  finds = { "aws_db_instance.db" = null }
}

case "charged already is another rule's" {
  resource "aws_db_instance" "db" {
    engine            = "postgres"
    engine_version    = "13.16"
    instance_class    = "db.m6g.large"
    allocated_storage = 100
    storage_type      = "gp3"
  }
  finds = {}
}

case "a year before" {
  today = "2026-03-01"
  resource "aws_rds_cluster" "db" {
    engine         = "aurora-postgresql"
    engine_version = "14.9"
  }
  finds = {}
}
