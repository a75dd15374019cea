case "three zones in development" {
  resource "aws_vpc_endpoint" "ecr" {
    vpc_id            = "vpc-1"
    service_name      = "com.amazonaws.us-east-1.ecr.dkr"
    vpc_endpoint_type = "Interface"
    subnet_ids        = ["subnet-1", "subnet-2", "subnet-3"]
    tags              = { Environment = "dev" }
  }
  finds = { "aws_vpc_endpoint.ecr" = (3 - 1) * 730 * 0.01 }
}

case "one zone" {
  resource "aws_vpc_endpoint" "ecr" {
    vpc_id            = "vpc-1"
    service_name      = "com.amazonaws.us-east-1.ecr.dkr"
    vpc_endpoint_type = "Interface"
    subnet_ids        = ["subnet-1"]
    tags              = { Environment = "dev" }
  }
  finds = {}
}

case "production" {
  resource "aws_vpc_endpoint" "ecr" {
    vpc_id            = "vpc-1"
    service_name      = "com.amazonaws.us-east-1.ecr.dkr"
    vpc_endpoint_type = "Interface"
    subnet_ids        = ["subnet-1", "subnet-2", "subnet-3"]
    tags              = { Environment = "prod" }
  }
  finds = {}
}
