case "three in development" {
  project = "shop-dev"
  resource "aws_launch_template" "web" {
    image_id      = "ami-1"
    instance_type = "m6i.large"
  }
  resource "aws_autoscaling_group" "web" {
    min_size = 3
    max_size = 6
    launch_template {
      id = aws_launch_template.web.id
    }
  }
  finds = { "aws_autoscaling_group.web" = (3 - 1) * (730 * 0.096 + 8 * 0.10) }
}

case "one" {
  project = "shop-dev"
  resource "aws_launch_template" "web" {
    image_id      = "ami-1"
    instance_type = "m6i.large"
  }
  resource "aws_autoscaling_group" "web" {
    min_size = 1
    max_size = 6
    launch_template {
      id = aws_launch_template.web.id
    }
  }
  finds = {}
}

case "production" {
  project = "shop-production"
  resource "aws_launch_template" "web" {
    image_id      = "ami-1"
    instance_type = "m6i.large"
  }
  resource "aws_autoscaling_group" "web" {
    min_size = 3
    max_size = 6
    launch_template {
      id = aws_launch_template.web.id
    }
  }
  finds = {}
}
