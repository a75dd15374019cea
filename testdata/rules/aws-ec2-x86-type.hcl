case "an instance on Intel" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m5.large"
  }
  finds = { "aws_instance.web" = 730 * (0.096 - 0.0816) }
}

case "a burstable one on AMD, in a template that a group starts" {
  resource "aws_launch_template" "web" {
    image_id      = "ami-1"
    instance_type = "t3a.medium"
    credit_specification {
      cpu_credits = "standard"
    }
  }
  resource "aws_autoscaling_group" "web" {
    min_size         = 1
    max_size         = 4
    desired_capacity = 2
    launch_template {
      id = aws_launch_template.web.id
    }
  }
  finds = { "aws_launch_template.web" = 2 * 730 * (0.0376 - 0.0336) }
}

case "Windows" {
  usage = { "aws_instance.web" = { operating_system = "windows" } }
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m5.large"
  }
  finds = {}
}

case "Graviton already" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m7g.large"
  }
  finds = {}
}

case "a size that Graviton does not have" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
  }
  finds = {}
}

case "a template that leaves the type to others" {
  resource "aws_launch_template" "web" {
    image_id = "ami-1"
  }
  finds = {}
}
