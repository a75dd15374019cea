case "no endpoint; how much goes to S3, the plan does not say" {
  resource "aws_nat_gateway" "a" {
    allocation_id = "eipalloc-1"
    subnet_id     = "subnet-1"
  }
  resource "aws_nat_gateway" "b" {
    allocation_id = "eipalloc-2"
    subnet_id     = "subnet-2"
  }
  finds = { "aws_nat_gateway.a" = null }
}

case "one for S3, none for the table" {
  resource "aws_nat_gateway" "a" {
    allocation_id = "eipalloc-1"
    subnet_id     = "subnet-1"
  }
  resource "aws_vpc_endpoint" "s3" {
    vpc_id       = "vpc-1"
    service_name = "com.amazonaws.us-east-1.s3"
  }
  resource "aws_dynamodb_table" "orders" {
    name         = "orders"
    billing_mode = "PAY_PER_REQUEST"
    hash_key     = "id"
  }
  finds = { "aws_nat_gateway.a" = null }
}

case "an interface endpoint is not a gateway" {
  resource "aws_nat_gateway" "a" {
    allocation_id = "eipalloc-1"
    subnet_id     = "subnet-1"
  }
  resource "aws_vpc_endpoint" "s3" {
    vpc_id            = "vpc-1"
    service_name      = "com.amazonaws.us-east-1.s3"
    vpc_endpoint_type = "Interface"
  }
  finds = { "aws_nat_gateway.a" = null }
}

case "there is one" {
  resource "aws_nat_gateway" "a" {
    allocation_id = "eipalloc-1"
    subnet_id     = "subnet-1"
  }
  resource "aws_vpc_endpoint" "s3" {
    vpc_id            = "vpc-1"
    service_name      = "com.amazonaws.us-east-1.s3"
    vpc_endpoint_type = "Gateway"
  }
  finds = {}
}
