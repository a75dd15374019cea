case "an instance" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "r3.large"
  }
  finds = { "aws_instance.web" = 730 * (0.166 - 0.126) }
}

case "small ones go to burstable types" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m3.medium"
    credit_specification {
      cpu_credits = "standard"
    }
  }
  finds = { "aws_instance.web" = 730 * (0.067 - 0.0416) }
}

case "a template saves as often as a group starts it" {
  resource "aws_launch_template" "web" {
    image_id      = "ami-1"
    instance_type = "c4.large"
  }
  resource "aws_autoscaling_group" "web" {
    min_size         = 1
    max_size         = 6
    desired_capacity = 3
    launch_template {
      id = aws_launch_template.web.id
    }
  }
  finds = { "aws_launch_template.web" = 3 * 730 * (0.10 - 0.085) }
}

case "a current type" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m6i.large"
  }
  finds = {}
}

case "a type without a cheaper successor of its size" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m4.10xlarge"
  }
  finds = {}
}

case "a template that leaves the type to others" {
  resource "aws_launch_template" "web" {
    image_id = "ami-1"
  }
  finds = {}
}
