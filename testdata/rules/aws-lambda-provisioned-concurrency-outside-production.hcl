case "kept warm in staging" {
  project = "shop-staging"
  usage = {
    "aws_lambda_provisioned_concurrency_config.api" = {
      monthly_duration_hrs = 730
      monthly_requests     = 0
      request_duration_ms  = 100
    }
  }
  resource "aws_lambda_function" "api" {
    function_name = "api"
    runtime       = "python3.12"
    memory_size   = 1024
  }
  resource "aws_lambda_provisioned_concurrency_config" "api" {
    function_name                     = aws_lambda_function.api.function_name
    provisioned_concurrent_executions = 5
    qualifier                         = "live"
  }
  finds = { "aws_lambda_provisioned_concurrency_config.api" = 5 * 730 * 3600 * 0.0000041667 }
}

case "for how long, nobody said" {
  project = "shop-staging"
  resource "aws_lambda_provisioned_concurrency_config" "api" {
    function_name                     = "api"
    provisioned_concurrent_executions = 5
    qualifier                         = "live"
  }
  finds = { "aws_lambda_provisioned_concurrency_config.api" = null }
}

case "production" {
  project = "shop-production"
  resource "aws_lambda_provisioned_concurrency_config" "api" {
    function_name                     = "api"
    provisioned_concurrent_executions = 5
    qualifier                         = "live"
  }
  finds = {}
}
