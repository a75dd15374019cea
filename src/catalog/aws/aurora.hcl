# Aurora's storage and I/O are listed for MySQL without an engine code.
table "aurora_storage_operations" {
  rows = {
    "aurora"            = "CreateDBInstance"
    "aurora-mysql"      = "CreateDBInstance"
    "aurora-postgresql" = "CreateDBInstance:0021"
  }
}

resource "aws_rds_cluster" {
  docs = "https://aws.amazon.com/rds/aurora/pricing/"

  usage {
    # Aurora capacity units an hour, of engine mode "serverless".
    capacity_units_per_hr = null
    # GB stored in the cluster's volume.
    storage_gb = null
    # Writes a second, over the whole cluster.
    write_requests_per_sec = null
    # Reads a second, over the whole cluster.
    read_requests_per_sec = null
    # GB of one snapshot; a snapshot is kept for each day of `backup_retention_period`.
    backup_snapshot_size_gb = null
    # Statements an hour while backtrack is on; only of Aurora MySQL.
    average_statements_per_hr = null
    # Records that a statement changes.
    change_records_per_statement = null
    # Hours that the cluster can be rewound; taken from `backtrack_window` if not given.
    backtrack_window_hrs = null
    # GB of a snapshot exported to S3 a month.
    snapshot_export_size_gb = null
  }

  let {
    engine            = known(self.engine, "aurora")
    is_aurora         = startswith(engine, "aurora")
    is_serverless     = self.engine_mode == "serverless"
    is_io_optimized   = known(self.storage_type, "") == "aurora-iopt1"
    operation         = table.rds_operations[engine]
    storage_operation = table.aurora_storage_operations[engine]
    retention_days    = known(self.backup_retention_period, 1)
    snapshots_kept    = retention_days - 1
    seconds_a_month   = 730 * 3600
    window_seconds    = coalesce(self.backtrack_window, 0)
    window_hours      = usage.backtrack_window_hrs != null ? usage.backtrack_window_hrs : (window_seconds > 0 ? window_seconds / 3600 : null)
    can_backtrack     = is_aurora && engine != "aurora-postgresql"
    change_records    = usage.average_statements_per_hr * usage.change_records_per_statement
    cluster_class     = self.db_cluster_instance_class
    is_multi_az       = !is_aurora
    # Provisioned IOPS is the default of a Multi-AZ DB cluster.
    cluster_storage = known(self.storage_type, "io1")
    cluster_volume  = cluster_storage == "gp3" ? "GP3-Storage" : "PIOPS-Storage"
  }

  component "Aurora serverless" {
    unit     = "ACU-hours"
    quantity = usage.capacity_units_per_hr * 730
    when     = is_aurora && is_serverless
    price {
      service    = "AmazonRDS"
      usage_type = "Aurora:ServerlessUsage"
      operation  = operation
    }
  }

  component "Storage" {
    unit     = "GB"
    quantity = usage.storage_gb
    when     = is_aurora && !is_io_optimized
    price {
      service    = "AmazonRDS"
      usage_type = "Aurora:StorageUsage"
      operation  = storage_operation
    }
  }

  component "Storage" {
    detail   = "I/O-optimized"
    unit     = "GB"
    quantity = usage.storage_gb
    when     = is_aurora && is_io_optimized
    price {
      service    = "AmazonRDS"
      usage_type = "Aurora:IO-OptimizedStorageUsage"
      operation  = storage_operation
    }
  }

  component "I/O requests" {
    unit     = "1M requests"
    per      = 1000000
    quantity = (usage.write_requests_per_sec + usage.read_requests_per_sec) * seconds_a_month
    when     = is_aurora && !is_io_optimized
    price {
      service    = "AmazonRDS"
      usage_type = "Aurora:StorageIOUsage"
      operation  = storage_operation
    }
  }

  component "Backup storage" {
    unit     = "GB"
    quantity = usage.backup_snapshot_size_gb * snapshots_kept
    when     = is_aurora && snapshots_kept > 0
    note     = "The backup of one day is free."
    price {
      service    = "AmazonRDS"
      usage_type = "Aurora:BackupUsage"
      operation  = operation
    }
  }

  component "Backtrack" {
    unit     = "1M change-records"
    per      = 1000000
    quantity = change_records * window_hours * 730
    when     = can_backtrack && window_hours != null
    price {
      service    = "AmazonRDS"
      usage_type = "Aurora:BacktrackUsage"
      operation  = operation
    }
  }

  component "Snapshot export" {
    unit     = "GB"
    quantity = usage.snapshot_export_size_gb
    when     = is_aurora
    optional = true
    price {
      service    = "AmazonRDS"
      usage_type = "Aurora:SnapshotExportToS3"
      operation  = operation
    }
  }

  # One price covers the writer and both readable standbys.
  component "Database instance" {
    detail   = "on-demand, Multi-AZ DB cluster, ${cluster_class}"
    unit     = "hours"
    quantity = 730
    when     = is_multi_az
    price {
      service    = "AmazonRDS"
      usage_type = "Multi-AZClusterUsage:${cluster_class}"
      operation  = operation
    }
  }

  component "Storage" {
    detail   = "Multi-AZ DB cluster, ${cluster_storage}"
    unit     = "GB"
    quantity = self.allocated_storage
    when     = is_multi_az
    price {
      service    = "AmazonRDS"
      usage_type = "RDS:Multi-AZCluster-${cluster_volume}"
      operation  = "CreateDBInstance"
    }
  }

  component "Provisioned IOPS" {
    unit     = "IOPS"
    quantity = self.iops
    when     = is_multi_az && cluster_storage != "gp3"
    price {
      service    = "AmazonRDS"
      usage_type = "RDS:Multi-AZCluster-PIOPS"
      operation  = "CreateDBInstance"
    }
  }

  example "Aurora MySQL with backtrack" {
    self = { engine = "aurora-mysql", backup_retention_period = 5, backtrack_window = 86400 }
    usage = {
      storage_gb = 200, write_requests_per_sec = 19, read_requests_per_sec = 19, backup_snapshot_size_gb = 238
      average_statements_per_hr = 10000, change_records_per_statement = 0.38
    }
    expect = {
      "Storage" = 200, "I/O requests" = 99864000, "Backup storage" = 952, "Backtrack" = 66576000
    }
  }

  example "serverless, I/O-optimized, exported" {
    self   = { engine = "aurora-postgresql", engine_mode = "serverless", storage_type = "aurora-iopt1" }
    usage  = { capacity_units_per_hr = 0.5, snapshot_export_size_gb = 2000 }
    expect = { "Aurora serverless" = 365, "Storage" = null, "Snapshot export" = 2000 }
  }

  example "Multi-AZ DB cluster" {
    self = {
      engine = "mysql", db_cluster_instance_class = "db.r5d.xlarge", storage_type = "io1"
      allocated_storage = 100, iops = 1000
    }
    expect = { "Database instance" = 730, "Storage" = 100, "Provisioned IOPS" = 1000 }
  }
}

resource "aws_rds_cluster_instance" {
  docs = "https://aws.amazon.com/rds/aurora/pricing/"

  usage {
    # Performance Insights API requests a month above the 1,000,000 included in the free tier.
    monthly_additional_performance_insights_requests = null
    # Aurora capacity units an hour of a `db.serverless` instance.
    capacity_units_per_hr = null
    # CPU credits used over the instance's baseline a month, in vCPU-hours, of T3 and T4g classes.
    monthly_cpu_credit_hrs = null
  }

  let {
    cluster         = ref("cluster_identifier", "aws_rds_cluster")
    engine          = known(self.engine, known(cluster.engine, "aurora"))
    operation       = table.rds_operations[engine]
    is_serverless   = self.instance_class == "db.serverless"
    is_io_optimized = known(cluster.storage_type, "") == "aurora-iopt1"
    hours_of        = is_io_optimized ? "InstanceUsageIOOptimized" : "InstanceUsage"
    units_of        = is_io_optimized ? "Aurora:ServerlessV2IOOptimizedUsage" : "Aurora:ServerlessV2Usage"
    retention_days  = known(self.performance_insights_retention_period, 7)
    months          = ceil(retention_days / 31)
  }

  component "Database instance" {
    detail   = is_io_optimized ? "on-demand, I/O-optimized, ${self.instance_class}" : "on-demand, ${self.instance_class}"
    unit     = "hours"
    quantity = 730
    when     = !is_serverless
    price {
      service    = "AmazonRDS"
      usage_type = "${hours_of}:${self.instance_class}"
      operation  = operation
    }
  }

  component "Aurora serverless v2" {
    detail   = is_io_optimized ? "I/O-optimized" : null
    unit     = "ACU-hours"
    quantity = usage.capacity_units_per_hr * 730
    when     = is_serverless
    price {
      service    = "AmazonRDS"
      usage_type = units_of
      operation  = operation
    }
  }

  use "rds_instance_extras" {
    when                     = !is_serverless
    class                    = self.instance_class
    operation                = operation
    engine                   = engine
    engine_version           = known(self.engine_version, known(cluster.engine_version, null))
    has_extended_support     = known(cluster.engine_lifecycle_support, "open-source-rds-extended-support") == "open-source-rds-extended-support"
    has_performance_insights = known(self.performance_insights_enabled, false)
    retention_days           = retention_days
  }

  component "Performance Insights Long Term Retention" {
    detail   = "serverless"
    unit     = "ACUs"
    quantity = usage.capacity_units_per_hr
    when     = is_serverless && known(self.performance_insights_enabled, false) && retention_days > 7
    price {
      service    = "AmazonRDS"
      usage_type = "PI_LTR_FMR:Serverless"
    }
    price {
      service    = "AmazonRDS"
      usage_type = "PI_LTR_AMR:Serverless"
      times      = months - 1
    }
  }

  example "of a PostgreSQL cluster" {
    self   = { instance_class = "db.r5.large" }
    refs   = { "cluster_identifier" = { engine = "aurora-postgresql" } }
    expect = { "Database instance" = 730 }
  }

  example "of a cluster past standard support" {
    self   = { instance_class = "db.r6g.xlarge", engine = "aurora-postgresql" }
    refs   = { "cluster_identifier" = { engine = "aurora-postgresql", engine_version = "13.9" } }
    expect = { "Database instance" = 730, "Extended support" = 2920 }
  }

  example "of an I/O-optimized cluster, burstable" {
    self   = { instance_class = "db.t3.medium", engine = "aurora-mysql" }
    refs   = { "cluster_identifier" = { engine = "aurora-mysql", storage_type = "aurora-iopt1" } }
    usage  = { monthly_cpu_credit_hrs = 10 }
    expect = { "Database instance" = 730, "CPU credits" = 10 }
  }

  example "serverless v2 with two years of Performance Insights" {
    self = {
      instance_class = "db.serverless", engine = "aurora-mysql"
      performance_insights_enabled = true, performance_insights_retention_period = 731
    }
    usage  = { capacity_units_per_hr = 2 }
    expect = { "Aurora serverless v2" = 1460, "Performance Insights Long Term Retention" = 2 }
  }

  example "provisioned with Performance Insights" {
    self = {
      instance_class = "db.r4.8xlarge", engine = "aurora-mysql"
      performance_insights_enabled = true, performance_insights_retention_period = 731
    }
    expect = {
      "Database instance" = 730, "Performance Insights Long Term Retention" = 32, "Performance Insights API" = null
    }
  }
}
