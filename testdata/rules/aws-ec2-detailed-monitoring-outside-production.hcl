case "seven metrics a minute in development" {
  region = "eu-west-1"
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m6i.large"
    monitoring    = true
    tags          = { Environment = "dev" }
  }
  finds = { "aws_instance.web" = 7 * 0.30 }
}

case "a template that a group starts twice" {
  region  = "eu-west-1"
  project = "shop-dev"
  resource "aws_launch_template" "web" {
    image_id      = "ami-1"
    instance_type = "m6i.large"
    monitoring {
      enabled = true
    }
  }
  resource "aws_autoscaling_group" "web" {
    min_size = 2
    max_size = 2
    launch_template {
      id = aws_launch_template.web.id
    }
  }
  finds = { "aws_launch_template.web" = 2 * 7 * 0.30 }
}

case "basic monitoring" {
  region = "eu-west-1"
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m6i.large"
    tags          = { Environment = "dev" }
  }
  finds = {}
}

case "production" {
  region = "eu-west-1"
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m6i.large"
    monitoring    = true
    tags          = { Environment = "prod" }
  }
  finds = {}
}

case "a template that leaves the type to others" {
  project = "shop-dev"
  resource "aws_launch_template" "web" {
    image_id = "ami-1"
  }
  finds = {}
}
