case "the second of two" {
  project = "shop-staging"
  usage   = { "aws_lb.shop" = { processed_bytes_gb = 0 } }
  resource "aws_lb" "api" {
    load_balancer_type = "application"
  }
  resource "aws_lb" "shop" {
    load_balancer_type = "application"
  }
  finds = { "aws_lb.shop" = 730 * 0.0225 }
}

case "one faces the internet, the other does not" {
  project = "shop-staging"
  resource "aws_lb" "api" {
    load_balancer_type = "application"
    internal           = true
  }
  resource "aws_lb" "shop" {
    load_balancer_type = "application"
    internal           = false
  }
  finds = {}
}

case "production" {
  project = "shop-production"
  resource "aws_lb" "api" {
    load_balancer_type = "application"
  }
  resource "aws_lb" "shop" {
    load_balancer_type = "application"
  }
  finds = {}
}
