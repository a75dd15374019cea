case "an instance in development: the saving depends on the hours" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m6i.large"
    tags          = { Environment = "dev" }
  }
  finds = { "aws_instance.web" = null }
}

case "a group without a schedule" {
  project = "shop-dev"
  resource "aws_launch_template" "web" {
    image_id      = "ami-1"
    instance_type = "m6i.large"
  }
  resource "aws_autoscaling_group" "web" {
    min_size = 2
    max_size = 2
    launch_template {
      id = aws_launch_template.web.id
    }
  }
  finds = { "aws_autoscaling_group.web" = null }
}

case "a group with a schedule" {
  project = "shop-dev"
  resource "aws_launch_template" "web" {
    image_id      = "ami-1"
    instance_type = "m6i.large"
  }
  resource "aws_autoscaling_group" "web" {
    min_size = 2
    max_size = 2
    launch_template {
      id = aws_launch_template.web.id
    }
  }
  resource "aws_autoscaling_schedule" "night" {
    scheduled_action_name  = "night"
    autoscaling_group_name = aws_autoscaling_group.web.name
    recurrence             = "0 19 * * *"
    desired_capacity       = 0
  }
  finds = {}
}

case "a tag for the scheduler" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m6i.large"
    tags          = { Environment = "dev", Schedule = "office-hours" }
  }
  finds = {}
}

case "usage says that it is stopped at night" {
  usage = { "aws_instance.web" = { monthly_hrs = 260 } }
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m6i.large"
    tags          = { Environment = "dev" }
  }
  finds = {}
}

case "too small to be worth it" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "t3.micro"
    credit_specification {
      cpu_credits = "standard"
    }
    tags = { Environment = "dev" }
  }
  finds = {}
}

case "production" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m6i.large"
    tags          = { Environment = "production" }
  }
  finds = {}
}
