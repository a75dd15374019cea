case "every ten seconds" {
  resource "aws_cloudwatch_metric_alarm" "a" {
    alarm_name          = "a"
    comparison_operator = "GreaterThanThreshold"
    evaluation_periods  = 3
    period              = 10
  }
  finds = { "aws_cloudwatch_metric_alarm.a" = 0.30 - 0.10 }
}

case "an expression over two metrics" {
  resource "aws_cloudwatch_metric_alarm" "a" {
    alarm_name          = "a"
    comparison_operator = "GreaterThanThreshold"
    evaluation_periods  = 3
    metric_query {
      id         = "sum"
      expression = "m1 + m2"
    }
    metric_query {
      id = "m1"
      metric {
        metric_name = "Errors"
        period      = 30
        stat        = "Sum"
      }
    }
    metric_query {
      id = "m2"
      metric {
        metric_name = "Faults"
        period      = 30
        stat        = "Sum"
      }
    }
  }
  finds = { "aws_cloudwatch_metric_alarm.a" = 2 * (0.30 - 0.10) }
}

case "once a minute" {
  resource "aws_cloudwatch_metric_alarm" "a" {
    alarm_name          = "a"
    comparison_operator = "GreaterThanThreshold"
    evaluation_periods  = 3
    period              = 60
  }
  finds = {}
}
