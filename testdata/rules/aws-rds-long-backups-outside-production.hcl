case "a month of backups of a test database" {
  resource "aws_db_instance" "db" {
    engine                  = "mysql"
    instance_class          = "db.m6g.large"
    allocated_storage       = 100
    storage_type            = "gp3"
    backup_retention_period = 30
    tags                    = { env = "test" }
  }
  finds = { "aws_db_instance.db" = null }
}

case "a week" {
  resource "aws_db_instance" "db" {
    engine                  = "mysql"
    instance_class          = "db.m6g.large"
    allocated_storage       = 100
    storage_type            = "gp3"
    backup_retention_period = 7
    tags                    = { env = "test" }
  }
  finds = {}
}

case "a month in production" {
  resource "aws_db_instance" "db" {
    engine                  = "mysql"
    instance_class          = "db.m6g.large"
    allocated_storage       = 100
    storage_type            = "gp3"
    backup_retention_period = 30
    tags                    = { env = "prod" }
  }
  finds = {}
}
