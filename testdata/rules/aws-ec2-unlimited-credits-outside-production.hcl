case "100 hours a month beyond the credits, on two vCPUs" {
  usage = { "aws_instance.ci" = { monthly_cpu_credit_hrs = 100, vcpu_count = 2 } }
  resource "aws_instance" "ci" {
    ami           = "ami-1"
    instance_type = "t3.medium"
    tags          = { Environment = "test" }
  }
  finds = { "aws_instance.ci" = 100 * 2 * 0.05 }
}

case "how much it spends, nobody said" {
  resource "aws_instance" "ci" {
    ami           = "ami-1"
    instance_type = "t3.medium"
    credit_specification {
      cpu_credits = "unlimited"
    }
    tags = { Environment = "test" }
  }
  finds = { "aws_instance.ci" = null }
}

case "within its credits" {
  resource "aws_instance" "ci" {
    ami           = "ami-1"
    instance_type = "t3.medium"
    credit_specification {
      cpu_credits = "standard"
    }
    tags = { Environment = "test" }
  }
  finds = {}
}

case "T2 is not unlimited of itself" {
  resource "aws_instance" "ci" {
    ami           = "ami-1"
    instance_type = "t2.medium"
    tags          = { Environment = "test" }
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
