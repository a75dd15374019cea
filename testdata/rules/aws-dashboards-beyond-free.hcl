case "four" {
  resource "aws_cloudwatch_dashboard" "a" {
    dashboard_name = "a"
  }
  resource "aws_cloudwatch_dashboard" "b" {
    dashboard_name = "b"
  }
  resource "aws_cloudwatch_dashboard" "c" {
    dashboard_name = "c"
  }
  resource "aws_cloudwatch_dashboard" "d" {
    dashboard_name = "d"
  }
  finds = { "" = null }
}

case "three" {
  resource "aws_cloudwatch_dashboard" "a" {
    dashboard_name = "a"
  }
  resource "aws_cloudwatch_dashboard" "b" {
    dashboard_name = "b"
  }
  resource "aws_cloudwatch_dashboard" "c" {
    dashboard_name = "c"
  }
  finds = {}
}
