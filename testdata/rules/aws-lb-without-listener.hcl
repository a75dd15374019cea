case "nothing listens" {
  usage = { "aws_lb.old" = { processed_bytes_gb = 0 } }
  resource "aws_lb" "old" {
    load_balancer_type = "application"
    internal           = true
  }
  finds = { "aws_lb.old" = 730 * 0.0225 }
}

case "nothing listens, and no usage is given" {
  resource "aws_lb" "old" {
    load_balancer_type = "network"
  }
  finds = { "aws_lb.old" = null }
}

case "a listener" {
  resource "aws_lb" "web" {
    load_balancer_type = "application"
  }
  resource "aws_lb_listener" "web" {
    load_balancer_arn = aws_lb.web.arn
    port              = 443
  }
  finds = {}
}
