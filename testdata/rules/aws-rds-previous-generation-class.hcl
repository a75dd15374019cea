case "MySQL moves to Graviton" {
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    engine_version    = "8.4"
    instance_class    = "db.m4.large"
    allocated_storage = 100
    storage_type      = "gp3"
  }
  finds = { "aws_db_instance.db" = 730 * (0.175 - 0.152) }
}

case "an old MySQL stays on x86" {
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    engine_version    = "5.7.44"
    instance_class    = "db.m4.large"
    allocated_storage = 100
    storage_type      = "gp3"
  }
  finds = { "aws_db_instance.db" = 730 * (0.175 - 0.171) }
}

case "worth it at the same price, since the class ends" {
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    engine_version    = "5.7.44"
    instance_class    = "db.r4.large"
    allocated_storage = 100
    storage_type      = "gp3"
  }
  finds = { "aws_db_instance.db" = 730 * (0.24 - 0.24) }
}

case "a reader of Aurora" {
  resource "aws_rds_cluster_instance" "reader" {
    cluster_identifier = "orders"
    engine             = "aurora-mysql"
    engine_version     = "8.0.mysql_aurora.3.08.0"
    instance_class     = "db.r4.large"
  }
  finds = { "aws_rds_cluster_instance.reader" = 730 * (0.29 - 0.26) }
}

case "a current class" {
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    instance_class    = "db.m6g.large"
    allocated_storage = 100
    storage_type      = "gp3"
  }
  finds = {}
}

case "a size without a successor of its memory" {
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    instance_class    = "db.m3.medium"
    allocated_storage = 100
    storage_type      = "gp3"
  }
  finds = {}
}
