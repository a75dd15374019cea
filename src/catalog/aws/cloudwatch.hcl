resource "aws_cloudwatch_log_group" {
  docs = "https://aws.amazon.com/cloudwatch/pricing/"

  usage {
    # GB stored in the log group.
    storage_gb = null
    # GB ingested a month.
    monthly_data_ingested_gb = null
    # GB scanned by Logs Insights queries a month.
    monthly_data_scanned_gb = null
  }

  let {
    ingestion = known(self.log_group_class, "STANDARD") == "INFREQUENT_ACCESS" ? "DataProcessingIA-Bytes" : "DataProcessing-Bytes"
  }

  component "Data ingested" {
    unit     = "GB"
    quantity = usage.monthly_data_ingested_gb
    note     = "The first 5 GB of an account, free each month, are not taken off."
    price {
      service    = "AmazonCloudWatch"
      usage_type = ingestion
      operation  = "PutLogEvents"
    }
  }

  component "Archival Storage" {
    unit     = "GB"
    quantity = usage.storage_gb
    price {
      service    = "AmazonCloudWatch"
      usage_type = "TimedStorage-ByteHrs"
      operation  = "HourlyStorageMetering"
    }
  }

  component "Insights queries data scanned" {
    unit     = "GB"
    quantity = usage.monthly_data_scanned_gb
    price {
      service    = "AmazonCloudWatch"
      usage_type = "DataScanned-Bytes"
      operation  = "StartQuery"
    }
  }

  example "usage is not known" {
    self   = { name = "logs" }
    expect = { "Data ingested" = null, "Archival Storage" = null, "Insights queries data scanned" = null }
  }

  example "infrequent access" {
    self   = { name = "logs", log_group_class = "INFREQUENT_ACCESS" }
    usage  = { monthly_data_ingested_gb = 10 }
    expect = { "Data ingested" = 10, "Archival Storage" = null, "Insights queries data scanned" = null }
  }

  example "all of it known" {
    self   = { name = "logs" }
    usage  = { monthly_data_ingested_gb = 1000, storage_gb = 1000, monthly_data_scanned_gb = 200 }
    expect = { "Data ingested" = 1000, "Archival Storage" = 1000, "Insights queries data scanned" = 200 }
  }
}

resource "aws_cloudwatch_metric_alarm" {
  docs = "https://aws.amazon.com/cloudwatch/pricing/"

  let {
    anomaly = ["GreaterThanUpperThreshold", "LessThanLowerThreshold", "LessThanLowerOrGreaterThanUpperThreshold"]

    is_anomaly = contains(anomaly, self.comparison_operator)
    # An alarm watches one metric, or the metrics that its expressions read.
    queried = [for query in coalesce(self.metric_query, []) : query.metric[0] if length(coalesce(query.metric, [])) > 0]
    metrics = max(length(queried), 1)
    periods = concat([for metric in queried : metric.period], [for period in [self.period] : period if period != null])
    is_high = length([for period in periods : period if period < 60]) > 0
    # An anomaly band adds two metrics to the watched one.
    watched    = is_anomaly ? 3 * metrics : metrics
    usage_type = is_high ? "CW:HighResAlarmMonitorUsage" : "CW:AlarmMonitorUsage"
  }

  component "Standard resolution" {
    unit     = "alarm metrics"
    quantity = watched
    when     = !is_high && !is_anomaly
    price {
      service    = "AmazonCloudWatch"
      usage_type = usage_type
    }
  }

  component "High resolution" {
    unit     = "alarm metrics"
    quantity = watched
    when     = is_high && !is_anomaly
    price {
      service    = "AmazonCloudWatch"
      usage_type = usage_type
    }
  }

  component "Standard resolution anomaly detection" {
    unit     = "alarms"
    quantity = watched
    when     = !is_high && is_anomaly
    price {
      service    = "AmazonCloudWatch"
      usage_type = usage_type
    }
  }

  component "High resolution anomaly detection" {
    unit     = "alarms"
    quantity = watched
    when     = is_high && is_anomaly
    price {
      service    = "AmazonCloudWatch"
      usage_type = usage_type
    }
  }

  example "one metric" {
    self   = { comparison_operator = "GreaterThanOrEqualToThreshold", period = 120 }
    expect = { "Standard resolution" = 1 }
  }

  example "every ten seconds" {
    self   = { comparison_operator = "GreaterThanOrEqualToThreshold", period = 10 }
    expect = { "High resolution" = 1 }
  }

  example "an expression over two metrics" {
    self = {
      comparison_operator = "GreaterThanOrEqualToThreshold"
      metric_query = [{ id = "e1" }, { id = "m1", metric = [{ period = 120 }] }, { id = "m2", metric = [{ period = 120 }] }]
    }
    expect = { "Standard resolution" = 2 }
  }

  example "anomaly detection" {
    self = {
      comparison_operator = "GreaterThanUpperThreshold"
      metric_query = [{ id = "e1" }, { id = "m1", metric = [{ period = 120 }] }]
    }
    expect = { "Standard resolution anomaly detection" = 3 }
  }

  example "anomaly detection every ten seconds" {
    self = {
      comparison_operator = "GreaterThanUpperThreshold"
      metric_query = [{ id = "e1" }, { id = "m1", metric = [{ period = 10 }] }]
    }
    expect = { "High resolution anomaly detection" = 3 }
  }
}

resource "aws_cloudwatch_composite_alarm" {
  docs = "https://aws.amazon.com/cloudwatch/pricing/"

  component "Composite alarm" {
    unit     = "alarms"
    quantity = 1
    price {
      service    = "AmazonCloudWatch"
      usage_type = "CW:CompositeAlarmMonitorUsage"
    }
  }

  example "one alarm" {
    self   = { alarm_name = "alarm" }
    expect = { "Composite alarm" = 1 }
  }
}

resource "aws_cloudwatch_dashboard" {
  docs = "https://aws.amazon.com/cloudwatch/pricing/"

  component "Dashboard" {
    unit     = "months"
    quantity = 1
    note     = "The first three dashboards of an account with up to 50 metrics each are free."
    price {
      service    = "AmazonCloudWatch"
      usage_type = "DashboardsUsageHour"
      operation  = "DashboardHour"
    }
  }

  example "one dashboard" {
    self   = { dashboard_name = "board" }
    expect = { "Dashboard" = 1 }
  }
}
