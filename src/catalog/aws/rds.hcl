# Engine codes: the operation of the price list by engine, or by engine and licence where both are sold.
table "rds_operations" {
  rows = {
    "mysql"                             = "CreateDBInstance:0002"
    "postgres"                          = "CreateDBInstance:0014"
    "mariadb"                           = "CreateDBInstance:0018"
    "aurora"                            = "CreateDBInstance:0016"
    "aurora-mysql"                      = "CreateDBInstance:0016"
    "aurora-postgresql"                 = "CreateDBInstance:0021"
    "oracle-ee"                         = "CreateDBInstance:0005"
    "oracle-ee-cdb"                     = "CreateDBInstance:0005"
    "oracle-se"                         = "CreateDBInstance:0004"
    "oracle-se1"                        = "CreateDBInstance:0006"
    "oracle-se1:bring-your-own-license" = "CreateDBInstance:0003"
    "oracle-se2"                        = "CreateDBInstance:0020"
    "oracle-se2:bring-your-own-license" = "CreateDBInstance:0019"
    "oracle-se2-cdb"                    = "CreateDBInstance:0020"
    "oracle-se2-cdb:bring-your-own-license" = "CreateDBInstance:0019"
    "sqlserver-ex"                      = "CreateDBInstance:0010"
    "sqlserver-web"                     = "CreateDBInstance:0011"
    "sqlserver-se"                      = "CreateDBInstance:0012"
    "sqlserver-ee"                      = "CreateDBInstance:0015"
  }
}

# The general purpose volumes of RDS include this many IOPS and MB a second; above a size, volumes are striped.
# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage
table "rds_gp3_striped_from_gb" {
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

# vCPUs of a class by its size, from the third burstable generation on.
table "rds_vcpus_of_size" {
  rows = {
    "micro"    = 2
    "small"    = 2
    "medium"   = 2
    "large"    = 2
    "xlarge"   = 4
    "2xlarge"  = 8
    "3xlarge"  = 12
    "4xlarge"  = 16
    "6xlarge"  = 24
    "8xlarge"  = 32
    "9xlarge"  = 36
    "10xlarge" = 40
    "12xlarge" = 48
    "16xlarge" = 64
    "18xlarge" = 72
    "24xlarge" = 96
    "32xlarge" = 128
    "48xlarge" = 192
  }
}

# Older classes with fewer vCPUs than their size says today.
table "rds_vcpus_of_class" {
  rows = {
    "db.t1.micro"   = 1
    "db.t2.micro"   = 1
    "db.t2.small"   = 1
    "db.m1.small"   = 1
    "db.m1.medium"  = 1
    "db.m2.xlarge"  = 2
    "db.m2.2xlarge" = 4
    "db.m2.4xlarge" = 8
    "db.m3.medium"  = 1
  }
}

# Families whose two years of Performance Insights have a price of their own.
table "rds_performance_insights" {
  rows = {
    "m3" = "PI_LTR:M3"
    "m4" = "PI_LTR:M4"
    "m5" = "PI_LTR:M5"
    "r3" = "PI_LTR:R3"
    "r4" = "PI_LTR:R4"
    "r5" = "PI_LTR:R5"
    "t2" = "PI_LTR:T2"
    "t3" = "PI_LTR:T3"
  }
}

# Major versions past their standard support, with the meter of the year that they are in. A version moves to
# `Yr3` two years after its charges began: PostgreSQL 12 in March 2027, PostgreSQL 13 in March 2028.
# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html
table "rds_extended_support" {
  rows = {
    "mysql:5.7"            = { version = "MySQL5.7", years = "Yr3", detail = "year 3" }
    "mysql:8.0"            = { version = "MySQL8.0", years = "Yr1-Yr2", detail = "years 1 and 2" }
    "postgres:11"          = { version = "PostgreSQL11", years = "Yr3", detail = "year 3" }
    "postgres:12"          = { version = "PostgreSQL12", years = "Yr1-Yr2", detail = "years 1 and 2" }
    "postgres:13"          = { version = "PostgreSQL13", years = "Yr1-Yr2", detail = "years 1 and 2" }
    "aurora-mysql:5.7"     = { version = "AuroraMySQL2", years = "Yr1-Yr2", detail = "years 1 and 2" }
    "aurora-postgresql:11" = { version = "AuroraPostgreSQL11", years = "Yr3", detail = "year 3" }
    "aurora-postgresql:12" = { version = "AuroraPostgreSQL12", years = "Yr1-Yr2", detail = "years 1 and 2" }
    "aurora-postgresql:13" = { version = "AuroraPostgreSQL13", years = "Yr1-Yr2", detail = "years 1 and 2" }
  }
}

# What an instance of RDS or Aurora costs beside its hours: credits and Performance Insights.
template "rds_instance_extras" {
  input "class" { type = string }
  input "operation" { type = string }
  input "engine" { type = string }
  input "engine_version" { type = string }
  # Standbys pay Extended Support too.
  input "instances" {
    type    = number
    default = 1
  }
  input "has_extended_support" {
    type    = bool
    default = true
  }
  input "has_performance_insights" {
    type    = bool
    default = false
  }
  input "retention_days" {
    type    = number
    default = 7
  }

  usage {
    # Performance Insights API requests a month above the 1,000,000 included in the free tier.
    monthly_additional_performance_insights_requests = null
    # CPU credits used over the instance's baseline a month, in vCPU-hours, of T3 and T4g classes.
    monthly_cpu_credit_hrs = null
  }

  let {
    family      = split(".", class)[1]
    size        = split(".", class)[2]
    vcpus       = coalesce(table.rds_vcpus_of_class[class], table.rds_vcpus_of_size[size])
    is_long     = has_performance_insights && retention_days > 7
    is_two_year = retention_days == 731 && table.rds_performance_insights[family] != null
    months      = ceil(retention_days / 31)

    numbers = split(".", engine_version)
    minor   = "${engine}:${numbers[0]}.${numbers[1]}"
    major   = "${engine}:${numbers[0]}"
    support = coalesce(table.rds_extended_support[minor], table.rds_extended_support[major])
  }

  component "Extended support" {
    detail   = support.detail
    unit     = "vCPU-hours"
    quantity = vcpus * instances * 730
    when     = has_extended_support && support != null
    price {
      service    = "AmazonRDS"
      usage_type = "ExtendedSupport:${support.years}:${support.version}"
      operation  = operation
    }
  }

  component "CPU credits" {
    unit     = "vCPU-hours"
    quantity = usage.monthly_cpu_credit_hrs
    when     = family == "t3" || family == "t4g"
    optional = true
    price {
      service    = "AmazonRDS"
      usage_type = "CPUCredits:db.${family}"
      operation  = operation
    }
  }

  component "Performance Insights Long Term Retention" {
    detail   = class
    unit     = "vCPU-month"
    quantity = vcpus
    when     = is_long && is_two_year
    price {
      service    = "AmazonRDS"
      usage_type = table.rds_performance_insights[family]
    }
  }

  # The first month of retention beyond the free seven days has one price, each further month another.
  component "Performance Insights retention" {
    detail   = class
    unit     = "vCPU-month"
    quantity = vcpus
    when     = is_long && !is_two_year
    price {
      service    = "AmazonRDS"
      usage_type = "PI_LTR_FMR:Provisioned"
    }
    price {
      service    = "AmazonRDS"
      usage_type = "PI_LTR_AMR:Provisioned"
      times      = months - 1
    }
  }

  component "Performance Insights API" {
    unit     = "1000 requests"
    per      = 1000
    quantity = usage.monthly_additional_performance_insights_requests
    when     = has_performance_insights
    price {
      service    = "AmazonRDS"
      usage_type = "PI_API"
    }
  }
}

resource "aws_db_instance" {
  docs = "https://aws.amazon.com/rds/pricing/"

  usage {
    # Backup storage in GB beyond the free 100 % of the storage of all databases of the region.
    additional_backup_storage_gb = null
    # Input and output requests of magnetic storage a month.
    monthly_standard_io_requests = null
    # Performance Insights API requests a month above the 1,000,000 included in the free tier.
    monthly_additional_performance_insights_requests = null
    # CPU credits used over the instance's baseline a month, in vCPU-hours, of T3 and T4g classes.
    monthly_cpu_credit_hrs = null
  }

  let {
    # A replica, a restored or a point-in-time copy takes what it does not say from its origin.
    replicated = ref("replicate_source_db")
    snapshot   = ref("snapshot_identifier")
    restored   = ref("restore_to_point_in_time.source_db_instance_identifier")
    origin     = coalesce(replicated, snapshot, restored)

    engine    = known(self.engine, known(origin.engine, self.engine))
    license   = known(self.license_model, known(origin.license_model, ""))
    operation = coalesce(table.rds_operations["${engine}:${license}"], table.rds_operations[engine])
    is_aurora = startswith(engine, "aurora")
    is_mirror = startswith(engine, "sqlserver")

    is_multi_az = known(self.multi_az, false) == true
    deployment  = is_multi_az ? "Multi-AZ" : "Single-AZ"
    hours_of    = is_multi_az ? (is_mirror ? "MirrorUsage" : "Multi-AZUsage") : "InstanceUsage"
    volume_of   = is_multi_az ? (is_mirror ? "RDS:Mirror-" : "RDS:Multi-AZ-") : "RDS:"

    iops         = known(self.iops, known(origin.iops, null))
    storage_gb   = known(self.allocated_storage, known(origin.allocated_storage, self.allocated_storage))
    storage_type = known(self.storage_type, known(origin.storage_type, coalesce(iops, 0) > 0 ? "io1" : "gp2"))
    throughput   = known(self.storage_throughput, known(origin.storage_throughput, null))

    striped_from_gb   = table.rds_gp3_striped_from_gb[engine]
    is_striped        = striped_from_gb != null ? storage_gb >= striped_from_gb : false
    included_iops     = is_striped ? 12000 : 3000
    included_mbps     = is_striped ? 500 : 125
    above_iops        = is_striped ? "above 12,000" : "above 3,000"
    above_mbps        = is_striped ? "above 500 MB/s" : "above 125 MB/s"
    has_backups       = known(self.backup_retention_period, 0) > 0 || usage.additional_backup_storage_gb != null
    has_own_volume    = !is_aurora
    is_provisioned    = storage_type == "io1" || storage_type == "io2"
    iops_storage      = storage_type == "io2" ? "PIOPS-Storage-IO2" : "PIOPS-Storage"
    iops_meter        = storage_type == "io2" ? "IO2-PIOPS" : "PIOPS"
  }

  component "Database instance" {
    detail   = "on-demand, ${deployment}, ${self.instance_class}"
    unit     = "hours"
    quantity = 730
    price {
      service    = "AmazonRDS"
      usage_type = "${hours_of}:${self.instance_class}"
      operation  = operation
    }
  }

  use "rds_instance_extras" {
    class                    = self.instance_class
    operation                = operation
    engine                   = engine
    engine_version           = known(self.engine_version, known(origin.engine_version, null))
    instances                = is_multi_az ? 2 : 1
    has_extended_support     = known(self.engine_lifecycle_support, "open-source-rds-extended-support") == "open-source-rds-extended-support"
    has_performance_insights = self.performance_insights_enabled
    retention_days           = known(self.performance_insights_retention_period, 7)
  }

  component "Storage" {
    detail   = "general purpose SSD, ${storage_type}"
    unit     = "GB"
    quantity = storage_gb
    when     = has_own_volume && (storage_type == "gp2" || storage_type == "gp3")
    price {
      service    = "AmazonRDS"
      usage_type = "${volume_of}${upper(storage_type)}-Storage"
      operation  = "CreateDBInstance"
    }
  }

  component "Provisioned GP3 IOPS" {
    detail   = above_iops
    unit     = "IOPS"
    quantity = iops - included_iops
    when     = has_own_volume && storage_type == "gp3" && coalesce(iops, 0) > included_iops
    price {
      service    = "AmazonRDS"
      usage_type = "${volume_of}GP3-PIOPS"
      operation  = "CreateDBInstance"
    }
  }

  component "Provisioned GP3 throughput" {
    detail   = above_mbps
    unit     = "MB/s"
    quantity = throughput - included_mbps
    when     = has_own_volume && storage_type == "gp3" && coalesce(throughput, 0) > included_mbps
    price {
      service    = "AmazonRDS"
      usage_type = "${volume_of}GP3-Throughput"
      operation  = "CreateDBInstance"
    }
  }

  component "Storage" {
    detail   = "provisioned IOPS SSD, ${storage_type}"
    unit     = "GB"
    quantity = storage_gb
    when     = has_own_volume && is_provisioned
    price {
      service    = "AmazonRDS"
      usage_type = "${volume_of}${iops_storage}"
      operation  = "CreateDBInstance"
    }
  }

  # No volume has fewer than 1,000 provisioned IOPS.
  component "Provisioned IOPS" {
    unit     = "IOPS"
    quantity = max(coalesce(iops, 1000), 1000)
    when     = has_own_volume && is_provisioned
    price {
      service    = "AmazonRDS"
      usage_type = "${volume_of}${iops_meter}"
      operation  = "CreateDBInstance"
    }
  }

  component "Storage" {
    detail   = "magnetic"
    unit     = "GB"
    quantity = storage_gb
    when     = has_own_volume && storage_type == "standard"
    price {
      service    = "AmazonRDS"
      usage_type = "${volume_of}StorageUsage"
      operation  = "CreateDBInstance"
    }
  }

  component "I/O requests" {
    unit     = "1M requests"
    per      = 1000000
    quantity = usage.monthly_standard_io_requests
    when     = has_own_volume && storage_type == "standard"
    price {
      service    = "AmazonRDS"
      usage_type = "RDS:StorageIOUsage"
    }
  }

  component "Additional backup storage" {
    unit     = "GB"
    quantity = usage.additional_backup_storage_gb
    when     = has_own_volume && has_backups
    note     = "Backups up to the storage of all databases of the region are free."
    price {
      service    = "AmazonRDS"
      usage_type = "RDS:ChargedBackupUsage"
    }
  }

  component "Additional backup storage" {
    unit     = "GB"
    quantity = usage.additional_backup_storage_gb
    when     = is_aurora && has_backups
    price {
      service    = "AmazonRDS"
      usage_type = "Aurora:BackupUsage"
      operation  = operation
    }
  }

  example "general purpose, gp2 by default" {
    self   = { engine = "mysql", instance_class = "db.t3.large", allocated_storage = 20 }
    expect = { "Database instance" = 730, "Storage" = 20 }
  }

  example "Multi-AZ on gp3 with more IOPS and throughput than a striped volume includes" {
    self = {
      engine = "postgres", instance_class = "db.m5.large", multi_az = true, storage_type = "gp3"
      allocated_storage = 400, iops = 15000, storage_throughput = 600, backup_retention_period = 7
    }
    usage  = { additional_backup_storage_gb = 100 }
    expect = {
      "Database instance" = 730, "Storage" = 400, "Provisioned GP3 IOPS" = 3000
      "Provisioned GP3 throughput" = 100, "Additional backup storage" = 100
    }
  }

  example "a small gp3 volume of Oracle" {
    self = {
      engine = "oracle-se2", license_model = "bring-your-own-license", instance_class = "db.m5.large"
      storage_type = "gp3", allocated_storage = 100, iops = 4000
    }
    expect = { "Database instance" = 730, "Storage" = 100, "Provisioned GP3 IOPS" = 1000 }
  }

  example "provisioned IOPS, at least a thousand" {
    self   = { engine = "mysql", instance_class = "db.t3.large", storage_type = "io1", allocated_storage = 50, iops = 500 }
    expect = { "Database instance" = 730, "Storage" = 50, "Provisioned IOPS" = 1000 }
  }

  example "io2 over two zones" {
    self = {
      engine = "postgres", instance_class = "db.r6g.large", multi_az = true, storage_type = "io2"
      allocated_storage = 100, iops = 5000
    }
    expect = { "Database instance" = 730, "Storage" = 100, "Provisioned IOPS" = 5000 }
  }

  example "SQL Server mirrored" {
    self = {
      engine = "sqlserver-se", instance_class = "db.m5.xlarge", multi_az = true, storage_type = "io1"
      allocated_storage = 200, iops = 2000, license_model = "license-included"
    }
    expect = { "Database instance" = 730, "Storage" = 200, "Provisioned IOPS" = 2000 }
  }

  example "magnetic storage is billed by request" {
    self   = { engine = "mysql", instance_class = "db.t3.large", storage_type = "standard", allocated_storage = 40 }
    usage  = { monthly_standard_io_requests = 2000000 }
    expect = { "Database instance" = 730, "Storage" = 40, "I/O requests" = 2000000 }
  }

  example "an instance of Aurora has no volume of its own" {
    self   = { engine = "aurora-postgresql", instance_class = "db.t3.large", backup_retention_period = 10 }
    expect = { "Database instance" = 730, "Additional backup storage" = null }
  }

  example "two years of Performance Insights, and credits" {
    self = {
      engine = "mysql", instance_class = "db.t3.large", allocated_storage = 20
      performance_insights_enabled = true, performance_insights_retention_period = 731
    }
    usage = { monthly_cpu_credit_hrs = 350, monthly_additional_performance_insights_requests = 12000 }
    expect = {
      "Database instance" = 730, "Storage" = 20, "CPU credits" = 350
      "Performance Insights Long Term Retention" = 2, "Performance Insights API" = 12000
    }
  }

  example "three months of Performance Insights of a newer class" {
    self = {
      engine = "mysql", instance_class = "db.m6g.2xlarge", allocated_storage = 20
      performance_insights_enabled = true, performance_insights_retention_period = 93
    }
    expect = {
      "Database instance" = 730, "Storage" = 20
      "Performance Insights retention" = 8, "Performance Insights API" = null
    }
  }

  example "past standard support, with a standby" {
    self = {
      engine = "mysql", engine_version = "8.0.39", instance_class = "db.m5.large", multi_az = true
      storage_type = "gp2", allocated_storage = 20
    }
    expect = { "Database instance" = 730, "Extended support" = 2920, "Storage" = 20 }
  }

  example "supported, and not enrolled" {
    self   = {
      engine = "postgres", engine_version = "11", instance_class = "db.t3.large", allocated_storage = 20
      engine_lifecycle_support = "open-source-rds-extended-support-disabled"
    }
    expect = { "Database instance" = 730, "Storage" = 20 }
  }

  example "a replica is like its source" {
    self = { replicate_source_db = "primary", instance_class = "db.t3.large" }
    refs = { "replicate_source_db" = { engine = "postgres", engine_version = "16.3", allocated_storage = 100, storage_type = "gp3" } }
    expect = { "Database instance" = 730, "Storage" = 100 }
  }
}
