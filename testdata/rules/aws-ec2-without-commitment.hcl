case "a large one on demand" {
  resource "aws_instance" "db" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
    tags          = { Environment = "production" }
  }
  finds = { "aws_instance.db" = null }
}

case "a small one" {
  resource "aws_instance" "db" {
    ami           = "ami-1"
    instance_type = "m5.large"
  }
  finds = {}
}

case "some hours of the day" {
  usage = { "aws_instance.db" = { monthly_hrs = 200 } }
  resource "aws_instance" "db" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
  }
  finds = {}
}

case "reserved" {
  usage = { "aws_instance.db" = { reserved_instance_term = "1_year" } }
  resource "aws_instance" "db" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
  }
  finds = {}
}

case "outside production a schedule helps more" {
  resource "aws_instance" "db" {
    ami           = "ami-1"
    instance_type = "m5.24xlarge"
    tags          = { Environment = "dev" }
  }
  finds = {}
}
