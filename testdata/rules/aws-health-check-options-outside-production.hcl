case "both options" {
  resource "aws_route53_health_check" "web" {
    fqdn             = "test.example.com"
    port             = 80
    type             = "HTTP"
    request_interval = 10
    measure_latency  = true
    tags             = { Environment = "test" }
  }
  finds = { "aws_route53_health_check.web" = 2 * 1.00 }
}

case "no options" {
  resource "aws_route53_health_check" "web" {
    fqdn             = "test.example.com"
    port             = 80
    type             = "HTTP"
    request_interval = 30
    tags             = { Environment = "test" }
  }
  finds = {}
}

case "production" {
  resource "aws_route53_health_check" "web" {
    fqdn             = "www.example.com"
    port             = 80
    type             = "HTTP"
    request_interval = 10
    tags             = { Environment = "production" }
  }
  finds = {}
}
