case "a T2 instance keeps to its credits" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "t2.medium"
  }
  finds = { "aws_instance.web" = 730 * (0.0464 - 0.0416) }
}

case "a template that a group starts twice" {
  resource "aws_launch_template" "web" {
    image_id      = "ami-1"
    instance_type = "t2.micro"
  }
  resource "aws_autoscaling_group" "web" {
    min_size = 2
    max_size = 2
    launch_template {
      id = aws_launch_template.web.id
    }
  }
  finds = { "aws_launch_template.web" = 2 * 730 * (0.0116 - 0.0104) }
}

case "unlimited stays unlimited, at the same price of a credit" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "t2.medium"
    credit_specification {
      cpu_credits = "unlimited"
    }
  }
  finds = { "aws_instance.web" = 730 * (0.0464 - 0.0416) }
}

case "T3 already" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "t3.medium"
  }
  finds = {}
}

case "a template that leaves the type to others" {
  resource "aws_launch_template" "web" {
    image_id = "ami-1"
  }
  finds = {}
}
