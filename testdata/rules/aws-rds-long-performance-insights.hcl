case "two years of two vCPUs" {
  resource "aws_db_instance" "db" {
    engine                                = "mysql"
    instance_class                        = "db.m5.large"
    allocated_storage                     = 100
    storage_type                          = "gp3"
    performance_insights_enabled          = true
    performance_insights_retention_period = 731
  }
  finds = { "aws_db_instance.db" = 2 * 3.815 }
}

case "three months of a reader" {
  resource "aws_rds_cluster_instance" "reader" {
    cluster_identifier                    = "orders"
    engine                                = "aurora-mysql"
    instance_class                        = "db.r6g.large"
    performance_insights_enabled          = true
    performance_insights_retention_period = 93
  }
  finds = { "aws_rds_cluster_instance.reader" = 2 * (1.4989 + 2 * 0.063) }
}

case "the free week" {
  resource "aws_db_instance" "db" {
    engine                                = "mysql"
    instance_class                        = "db.m5.large"
    allocated_storage                     = 100
    storage_type                          = "gp3"
    performance_insights_enabled          = true
    performance_insights_retention_period = 7
  }
  finds = {}
}
