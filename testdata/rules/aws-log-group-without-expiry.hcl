case "nothing said means for ever" {
  resource "aws_cloudwatch_log_group" "g" {
    name = "g"
  }
  finds = { "aws_cloudwatch_log_group.g" = null }
}

case "so does 0" {
  resource "aws_cloudwatch_log_group" "g" {
    name              = "g"
    retention_in_days = 0
  }
  finds = { "aws_cloudwatch_log_group.g" = null }
}

case "two weeks" {
  resource "aws_cloudwatch_log_group" "g" {
    name              = "g"
    retention_in_days = 14
  }
  finds = {}
}

case "a group for delivery" {
  resource "aws_cloudwatch_log_group" "g" {
    name            = "g"
    log_group_class = "DELIVERY"
  }
  finds = {}
}
