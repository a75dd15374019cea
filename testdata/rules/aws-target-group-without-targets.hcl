case "a listener forwards to nothing" {
  resource "aws_lb_target_group" "web" {
    port = 80
  }
  resource "aws_lb_listener" "web" {
    port = 80
    default_action {
      type             = "forward"
      target_group_arn = aws_lb_target_group.web.arn
    }
  }
  finds = { "aws_lb_target_group.web" = null }
}

case "an instance is attached" {
  resource "aws_lb_target_group" "web" {
    port = 80
  }
  resource "aws_lb_listener" "web" {
    port = 80
    default_action {
      type             = "forward"
      target_group_arn = aws_lb_target_group.web.arn
    }
  }
  resource "aws_lb_target_group_attachment" "web" {
    target_group_arn = aws_lb_target_group.web.arn
    target_id        = "i-1"
  }
  finds = {}
}

case "a group of machines registers by itself" {
  resource "aws_lb_target_group" "web" {
    port = 80
  }
  resource "aws_lb_listener" "web" {
    port = 80
    default_action {
      type             = "forward"
      target_group_arn = aws_lb_target_group.web.arn
    }
  }
  resource "aws_autoscaling_group" "web" {
    min_size          = 1
    max_size          = 2
    target_group_arns = aws_lb_target_group.web.arn
  }
  finds = {}
}

case "nothing forwards to it" {
  resource "aws_lb_target_group" "web" {
    port = 80
  }
  finds = {}
}
