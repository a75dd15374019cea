case "gp2 costs the same and does less" {
  resource "aws_db_instance" "db" {
    engine            = "postgres"
    instance_class    = "db.m6g.large"
    allocated_storage = 100
    storage_type      = "gp2"
  }
  finds = { "aws_db_instance.db" = 100 * (0.115 - 0.115) }
}

case "no type means gp2" {
  resource "aws_db_instance" "db" {
    engine            = "postgres"
    instance_class    = "db.m6g.large"
    allocated_storage = 100
  }
  finds = { "aws_db_instance.db" = 100 * (0.115 - 0.115) }
}

case "no type with IOPS means io1" {
  resource "aws_db_instance" "db" {
    engine            = "postgres"
    instance_class    = "db.m6g.large"
    allocated_storage = 100
    iops              = 3000
  }
  finds = {}
}

case "a replica has the type of its source" {
  resource "aws_db_instance" "source" {
    engine            = "postgres"
    instance_class    = "db.m6g.large"
    allocated_storage = 100
    storage_type      = "gp3"
  }
  resource "aws_db_instance" "replica" {
    replicate_source_db = aws_db_instance.source.identifier
    instance_class      = "db.m6g.large"
  }
  finds = {}
}

case "a size that the plan does not know" {
  resource "aws_db_instance" "db" {
    engine         = "postgres"
    instance_class = "db.m6g.large"
    storage_type   = "gp2"
  }
  finds = { "aws_db_instance.db" = 0 }
}
