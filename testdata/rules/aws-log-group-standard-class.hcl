case "a hundred GB that are only queried" {
  usage = { "aws_cloudwatch_log_group.g" = { monthly_data_ingested_gb = 100 } }
  resource "aws_cloudwatch_log_group" "g" {
    name              = "g"
    retention_in_days = 14
  }
  finds = { "aws_cloudwatch_log_group.g" = 100 * (0.50 - 0.25) }
}

case "a metric filter reads them" {
  usage = { "aws_cloudwatch_log_group.g" = { monthly_data_ingested_gb = 100 } }
  resource "aws_cloudwatch_log_group" "g" {
    name              = "g"
    retention_in_days = 14
  }
  resource "aws_cloudwatch_log_metric_filter" "errors" {
    name           = "errors"
    log_group_name = aws_cloudwatch_log_group.g.name
    pattern        = "ERROR"
  }
  finds = {}
}

case "nobody said how much" {
  resource "aws_cloudwatch_log_group" "g" {
    name              = "g"
    retention_in_days = 14
  }
  finds = {}
}
