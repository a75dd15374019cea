case "addresses of its own" {
  resource "aws_cloudfront_distribution" "web" {
    enabled = true
    viewer_certificate {
      acm_certificate_arn = "arn:aws:acm:us-east-1:1:certificate/1"
      ssl_support_method  = "vip"
    }
  }
  finds = { "aws_cloudfront_distribution.web" = 600 }
}

case "by name" {
  resource "aws_cloudfront_distribution" "web" {
    enabled = true
    viewer_certificate {
      acm_certificate_arn = "arn:aws:acm:us-east-1:1:certificate/1"
      ssl_support_method  = "sni-only"
    }
  }
  finds = {}
}
