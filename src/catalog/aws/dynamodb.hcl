resource "aws_dynamodb_table" {
  docs = "https://aws.amazon.com/dynamodb/pricing/"

  usage {
    # Write request units a month, of on-demand tables.
    monthly_write_request_units = null
    # Read request units a month, of on-demand tables.
    monthly_read_request_units = null
    # GB stored in the table and its indexes.
    storage_gb = null
    # GB of point-in-time recovery backups.
    pitr_backup_storage_gb = null
    # GB of on-demand backups.
    on_demand_backup_storage_gb = null
    # GB restored a month.
    monthly_data_restored_gb = null
    # Read request units of the table's stream a month.
    monthly_streams_read_request_units = null
  }

  let {
    is_on_demand = self.billing_mode == "PAY_PER_REQUEST"
    class        = self.table_class == "STANDARD_INFREQUENT_ACCESS" ? "IA-" : ""

    # An autoscaled table has at least the capacity of its target.
    targets     = referrers("aws_appautoscaling_target", "resource_id")
    least_write = [for target in targets : target.min_capacity if target.scalable_dimension == "dynamodb:table:WriteCapacityUnits"]
    least_read  = [for target in targets : target.min_capacity if target.scalable_dimension == "dynamodb:table:ReadCapacityUnits"]

    # Secondary indexes are provisioned beside the table.
    indexes     = known(self.global_secondary_index, [])
    index_write = sum(concat([0], [for index in indexes : coalesce(known(index.write_capacity, null), 0)]))
    index_read  = sum(concat([0], [for index in indexes : coalesce(known(index.read_capacity, null), 0)]))
    table_write = length(least_write) > 0 ? least_write[0] : coalesce(known(self.write_capacity, null), 0)
    table_read  = length(least_read) > 0 ? least_read[0] : coalesce(known(self.read_capacity, null), 0)

    write_detail = length(least_write) > 0 ? "WCU, autoscaling" : "WCU"
    read_detail  = length(least_read) > 0 ? "RCU, autoscaling" : "RCU"
    has_recovery = known(self.point_in_time_recovery[0].enabled, false) || usage.pitr_backup_storage_gb != null
    has_stream   = known(self.stream_enabled, false) || usage.monthly_streams_read_request_units != null
    replicas     = { for replica in known(self.replica, []) : replica.region_name => replica }
  }

  component "Write capacity unit" {
    detail   = write_detail
    unit     = "WCU"
    per      = 730
    quantity = (table_write + index_write) * 730
    when     = !is_on_demand
    price {
      service    = "AmazonDynamoDB"
      usage_type = "${class}WriteCapacityUnit-Hrs"
      operation  = "CommittedThroughput"
    }
  }

  component "Read capacity unit" {
    detail   = read_detail
    unit     = "RCU"
    per      = 730
    quantity = (table_read + index_read) * 730
    when     = !is_on_demand
    price {
      service    = "AmazonDynamoDB"
      usage_type = "${class}ReadCapacityUnit-Hrs"
      operation  = "CommittedThroughput"
    }
  }

  component "Write request unit" {
    detail   = "WRU"
    unit     = "WRUs"
    quantity = usage.monthly_write_request_units
    when     = is_on_demand
    price {
      service    = "AmazonDynamoDB"
      usage_type = "${class}WriteRequestUnits"
      operation  = "PayPerRequestThroughput"
    }
  }

  component "Read request unit" {
    detail   = "RRU"
    unit     = "RRUs"
    quantity = usage.monthly_read_request_units
    when     = is_on_demand
    price {
      service    = "AmazonDynamoDB"
      usage_type = "${class}ReadRequestUnits"
      operation  = "PayPerRequestThroughput"
    }
  }

  component "Data storage" {
    unit     = "GB"
    quantity = usage.storage_gb
    note     = "The first 25 GB of an account, free in each region, are not taken off."
    price {
      service    = "AmazonDynamoDB"
      usage_type = "${class}TimedStorage-ByteHrs"
    }
  }

  component "Point-In-Time Recovery (PITR) backup storage" {
    unit     = "GB"
    quantity = usage.pitr_backup_storage_gb
    when     = has_recovery
    price {
      service    = "AmazonDynamoDB"
      usage_type = "TimedPITRStorage-ByteHrs"
    }
  }

  component "On-demand backup storage" {
    unit     = "GB"
    quantity = usage.on_demand_backup_storage_gb
    optional = true
    price {
      service    = "AmazonDynamoDB"
      usage_type = "TimedBackupStorage-ByteHrs"
    }
  }

  component "Table data restored" {
    unit     = "GB"
    quantity = usage.monthly_data_restored_gb
    optional = true
    price {
      service    = "AmazonDynamoDB"
      usage_type = "RestoreDataSize-Bytes"
    }
  }

  component "Streams read request unit" {
    detail   = "sRRU"
    unit     = "sRRUs"
    quantity = usage.monthly_streams_read_request_units
    when     = has_stream
    price {
      service    = "AmazonDynamoDB"
      usage_type = "Streams-RequestsCount"
    }
  }

  part "Global table" {
    for_each = replicas

    component "Replicated write capacity unit" {
      detail   = "rWCU"
      unit     = "rWCU"
      per      = 730
      quantity = table_write * 730
      when     = !is_on_demand
      price {
        region     = each.key
        service    = "AmazonDynamoDB"
        usage_type = "${class}ReplWriteCapacityUnit-Hrs"
        operation  = "CommittedThroughput"
      }
    }

    component "Replicated write request unit" {
      detail   = "rWRU"
      unit     = "rWRU"
      quantity = usage.monthly_write_request_units
      when     = is_on_demand
      price {
        region     = each.key
        service    = "AmazonDynamoDB"
        usage_type = "${class}ReplWriteRequestUnits"
        operation  = "PayPerRequestThroughput"
      }
    }
  }

  example "provisioned, with an index and a replica" {
    self = {
      billing_mode = "PROVISIONED", read_capacity = 30, write_capacity = 20
      global_secondary_index = [{ read_capacity = 10, write_capacity = 5 }]
      replica = [{ region_name = "us-west-1" }]
    }
    expect = {
      "Write capacity unit" = 18250, "Read capacity unit" = 29200, "Data storage" = null
      "Global table[\"us-west-1\"]/Replicated write capacity unit" = 14600
    }
  }

  example "on demand, with everything" {
    self = {
      billing_mode = "PAY_PER_REQUEST", stream_enabled = true, point_in_time_recovery = [{ enabled = true }]
      replica = [{ region_name = "us-east-1" }]
    }
    usage = {
      monthly_write_request_units = 3000000, monthly_read_request_units = 8000000, storage_gb = 230
      pitr_backup_storage_gb = 2300, on_demand_backup_storage_gb = 460, monthly_data_restored_gb = 230
      monthly_streams_read_request_units = 2000000
    }
    expect = {
      "Write request unit" = 3000000, "Read request unit" = 8000000, "Data storage" = 230
      "Point-In-Time Recovery (PITR) backup storage" = 2300, "On-demand backup storage" = 460
      "Table data restored" = 230, "Streams read request unit" = 2000000
      "Global table[\"us-east-1\"]/Replicated write request unit" = 3000000
    }
  }

  example "autoscaled from a least capacity" {
    self = { read_capacity = 30, write_capacity = 20 }
    referrers = {
      "aws_appautoscaling_target.resource_id" = [
        { min_capacity = 5, scalable_dimension = "dynamodb:table:ReadCapacityUnits" },
        { min_capacity = 10, scalable_dimension = "dynamodb:table:WriteCapacityUnits" },
      ]
    }
    expect = { "Write capacity unit" = 7300, "Read capacity unit" = 3650, "Data storage" = null }
  }
}
