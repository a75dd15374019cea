case "a standby in development costs as much as the instance" {
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    instance_class    = "db.m5.large"
    allocated_storage = 100
    storage_type      = "gp3"
    multi_az          = true
    tags              = { Environment = "dev" }
  }
  finds = { "aws_db_instance.db" = 730 * (0.342 - 0.171) + 100 * (0.23 - 0.115) }
}

case "production keeps its standby" {
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    instance_class    = "db.m5.large"
    allocated_storage = 100
    storage_type      = "gp3"
    multi_az          = true
    tags              = { Environment = "production" }
  }
  finds = {}
}

case "nothing tells what it is" {
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    instance_class    = "db.m5.large"
    allocated_storage = 100
    storage_type      = "gp3"
    multi_az          = true
  }
  finds = {}
}

case "a test database without a standby" {
  project = "shop-staging"
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    instance_class    = "db.m5.large"
    allocated_storage = 100
    storage_type      = "gp3"
    multi_az          = false
  }
  finds = {}
}
