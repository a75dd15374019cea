# No list of ApsaraDB RDS prices is at hand.
resource "alicloud_db_instance" {
  docs = "https://www.alibabacloud.com/product/apsaradb-for-rds-mysql/pricing"

  usage {
    # Hours a month that the instance runs.
    monthly_hrs = 730
  }

  component "Instance usage" {
    detail   = "${self.engine} ${self.engine_version}, ${self.instance_type}"
    unit     = "hours"
    quantity = usage.monthly_hrs
    unpriced = "prices of ApsaraDB RDS"
  }

  component "Storage" {
    detail   = known(self.db_instance_storage_type, null)
    unit     = "GB"
    quantity = self.instance_storage
    unpriced = "prices of ApsaraDB RDS"
  }

  example "MySQL" {
    self = {
      engine           = "MySQL"
      engine_version   = "8.0"
      instance_type    = "mysql.n2.xlarge.25"
      instance_storage = 20
    }
    expect = { "Instance usage" = 730, "Storage" = 20 }
  }
}
