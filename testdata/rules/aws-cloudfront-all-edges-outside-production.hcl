case "all edges: where viewers are, the plan does not say" {
  resource "aws_cloudfront_distribution" "web" {
    enabled = true
    tags    = { Environment = "staging" }
  }
  finds = { "aws_cloudfront_distribution.web" = null }
}

case "the cheaper edges" {
  resource "aws_cloudfront_distribution" "web" {
    enabled     = true
    price_class = "PriceClass_100"
    tags        = { Environment = "staging" }
  }
  finds = {}
}

case "production" {
  resource "aws_cloudfront_distribution" "web" {
    enabled     = true
    price_class = "PriceClass_All"
    tags        = { Environment = "production" }
  }
  finds = {}
}
