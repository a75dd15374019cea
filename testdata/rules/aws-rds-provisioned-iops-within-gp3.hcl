case "gp3 of 400 GB includes more than these IOPS" {
  resource "aws_db_instance" "db" {
    engine            = "postgres"
    instance_class    = "db.m6g.large"
    allocated_storage = 400
    storage_type      = "io1"
    iops              = 5000
  }
  finds = { "aws_db_instance.db" = 400 * (0.125 - 0.115) + 5000 * 0.10 }
}

case "the IOPS beyond are bought with gp3" {
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    instance_class    = "db.m6g.large"
    allocated_storage = 1000
    storage_type      = "io2"
    iops              = 20000
  }
  finds = { "aws_db_instance.db" = 1000 * (0.125 - 0.115) + 20000 * 0.10 - (20000 - 12000) * 0.02 }
}

case "a small volume within 3,000" {
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    instance_class    = "db.m6g.large"
    allocated_storage = 100
    storage_type      = "io1"
    iops              = 3000
  }
  finds = { "aws_db_instance.db" = 100 * (0.125 - 0.115) + 3000 * 0.10 }
}

case "a small volume with more than gp3 can have" {
  resource "aws_db_instance" "db" {
    engine            = "mysql"
    instance_class    = "db.m6g.large"
    allocated_storage = 399
    storage_type      = "io1"
    iops              = 5000
  }
  finds = {}
}

case "more than any gp3" {
  resource "aws_db_instance" "db" {
    engine            = "postgres"
    instance_class    = "db.m6g.large"
    allocated_storage = 4000
    storage_type      = "io1"
    iops              = 80000
  }
  finds = {}
}
