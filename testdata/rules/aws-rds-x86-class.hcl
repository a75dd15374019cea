case "MySQL on m5" {
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    engine_version    = "8.4"
    instance_class    = "db.m5.large"
    allocated_storage = 100
    storage_type      = "gp3"
  }
  finds = { "aws_db_instance.db" = 730 * (0.171 - 0.152) }
}

case "the newest PostgreSQL with a standby, burstable" {
  resource "aws_db_instance" "db" {
    engine            = "postgres"
    instance_class    = "db.t3.medium"
    allocated_storage = 100
    storage_type      = "gp3"
    multi_az          = true
  }
  finds = { "aws_db_instance.db" = 730 * (0.145 - 0.129) }
}

case "an instance of Aurora" {
  resource "aws_rds_cluster" "db" {
    engine         = "aurora-postgresql"
    engine_version = "16.6"
  }
  resource "aws_rds_cluster_instance" "writer" {
    cluster_identifier = aws_rds_cluster.db.id
    engine             = "aurora-postgresql"
    instance_class     = "db.r5.large"
  }
  finds = { "aws_rds_cluster_instance.writer" = 730 * (0.29 - 0.26) }
}

case "a version that Graviton does not run" {
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    engine_version    = "5.7.44"
    instance_class    = "db.m5.large"
    allocated_storage = 100
    storage_type      = "gp3"
  }
  finds = {}
}

case "an engine that needs x86" {
  resource "aws_db_instance" "db" {
    engine            = "sqlserver-se"
    license_model     = "license-included"
    instance_class    = "db.m5.large"
    allocated_storage = 100
    storage_type      = "gp3"
  }
  finds = {}
}

case "a size that Graviton does not have" {
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    instance_class    = "db.m5.24xlarge"
    allocated_storage = 100
    storage_type      = "gp3"
  }
  finds = {}
}
