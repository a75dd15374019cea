case "no architecture said" {
  usage = { "aws_lambda_function.api" = { monthly_requests = 10000000, request_duration_ms = 200 } }
  resource "aws_lambda_function" "api" {
    function_name = "api"
    runtime       = "python3.12"
    memory_size   = 512
  }
  finds = { "aws_lambda_function.api" = 10000000 * 0.2 * 0.5 * (0.0000166667 - 0.0000133334) }
}

case "how often it runs, nobody said" {
  resource "aws_lambda_function" "api" {
    function_name = "api"
    package_type  = "Image"
    architectures = ["x86_64"]
  }
  finds = { "aws_lambda_function.api" = null }
}

case "arm64 already" {
  resource "aws_lambda_function" "api" {
    function_name = "api"
    runtime       = "python3.12"
    architectures = ["arm64"]
  }
  finds = {}
}

case "a runtime that is on x86 only" {
  resource "aws_lambda_function" "api" {
    function_name = "api"
    runtime       = "go1.x"
  }
  finds = {}
}

case "at the edge" {
  resource "aws_lambda_function" "headers" {
    function_name = "headers"
    runtime       = "nodejs22.x"
    publish       = true
  }
  resource "aws_cloudfront_distribution" "web" {
    enabled = true
    default_cache_behavior {
      lambda_function_association {
        event_type = "viewer-request"
        lambda_arn = aws_lambda_function.headers.qualified_arn
      }
    }
  }
  finds = {}
}
