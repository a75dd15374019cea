case "an older generation" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m5.large"
  }
  finds = { "aws_instance.web" = 730 * (0.096 - 0.0864) }
}

case "a template that a group starts twice" {
  resource "aws_launch_template" "web" {
    image_id      = "ami-1"
    instance_type = "c6i.large"
  }
  resource "aws_autoscaling_group" "web" {
    min_size = 2
    max_size = 4
    launch_template {
      id = aws_launch_template.web.id
    }
  }
  finds = { "aws_launch_template.web" = 2 * 730 * (0.085 - 0.0765) }
}

case "AMD already" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m6a.large"
  }
  finds = {}
}

case "a size that AMD does not have" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "c5.9xlarge"
  }
  finds = {}
}

case "a template that leaves the type to others" {
  resource "aws_launch_template" "web" {
    image_id = "ami-1"
  }
  finds = {}
}
