case "a dedicated instance" {
  resource "aws_instance" "db" {
    ami           = "ami-1"
    instance_type = "m5.large"
    tenancy       = "dedicated"
  }
  finds = { "aws_instance.db" = 730 * (0.102 - 0.096) }
}

case "a template that a group starts twice" {
  resource "aws_launch_template" "db" {
    image_id      = "ami-1"
    instance_type = "m5.large"
    placement {
      tenancy = "dedicated"
    }
  }
  resource "aws_autoscaling_group" "db" {
    min_size = 2
    max_size = 2
    launch_template {
      id = aws_launch_template.db.id
    }
  }
  finds = { "aws_launch_template.db" = 2 * 730 * (0.102 - 0.096) }
}

case "shared hardware" {
  resource "aws_instance" "db" {
    ami           = "ami-1"
    instance_type = "m5.large"
    tenancy       = "default"
  }
  finds = {}
}

case "a template that leaves the type to others" {
  resource "aws_launch_template" "web" {
    image_id = "ami-1"
  }
  finds = {}
}
