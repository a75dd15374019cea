rule "aws-rds-provisioned-iops-within-gp3" {
  title    = "Provisioned IOPS that gp3 has or sells for less"
  on       = "aws_db_instance"
  severity = "warning"

  # From this size on RDS stripes gp3 over four volumes: 12,000 IOPS are included, 64,000 can be had.
  table "striped_from_gb" {
    rows = {
      "mysql"          = 400
      "postgres"       = 400
      "mariadb"        = 400
      "oracle-ee"      = 200
      "oracle-ee-cdb"  = 200
      "oracle-se2"     = 200
      "oracle-se2-cdb" = 200
    }
  }

  let {
    iops         = coalesce(self.iops, 1000)
    is_sqlserver = startswith(self.engine, "sqlserver")
    is_striped   = self.allocated_storage >= table.striped_from_gb[self.engine]
    included     = is_striped == true ? 12000 : 3000
    # Below the striping size IOPS of gp3 are fixed, but for SQL Server.
    most = is_striped == true ? 64000 : (is_sqlserver ? 16000 : 3000)
  }

  when = (self.storage_type == "io1" || self.storage_type == "io2") && iops <= most && (
    is_sqlserver || table.striped_from_gb[self.engine] != null
  )
  instead = { storage_type = "gp3", iops = iops > included ? iops : null }
  message = "${iops} provisioned IOPS on ${self.storage_type}: gp3 of ${self.allocated_storage} GB includes ${included}, and a GB of it costs less"

  docs {
    what       = "An RDS instance with io1 or io2 storage whose IOPS gp3 can give at its size."
    why        = "Each IOPS of io1 and io2 is paid for. gp3 includes the first 3,000, or 12,000 on striped volumes, sells more at a fraction of the price, and its GB are cheaper."
    ignore     = "Where the database needs latency that is low and even, or the durability of io2: gp3 is made for single-digit milliseconds most of the time, io2 for less than one. Look at throughput too: gp3 includes 125 MB/s, striped 500 MB/s."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html"
  }
}
