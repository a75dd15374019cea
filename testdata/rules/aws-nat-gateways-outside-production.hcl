case "three zones, three gateways: how much data goes through them, usage says" {
  usage = {
    "aws_nat_gateway.b" = { monthly_data_processed_gb = 10 }
    "aws_nat_gateway.c" = { monthly_data_processed_gb = 0 }
  }
  resource "aws_nat_gateway" "a" {
    allocation_id = "eipalloc-1"
    subnet_id     = "subnet-1"
    tags          = { Environment = "dev" }
  }
  resource "aws_nat_gateway" "b" {
    allocation_id = "eipalloc-2"
    subnet_id     = "subnet-2"
    tags          = { Environment = "dev" }
  }
  resource "aws_nat_gateway" "c" {
    allocation_id = "eipalloc-3"
    subnet_id     = "subnet-3"
    tags          = { Environment = "dev" }
  }
  finds = {
    "aws_nat_gateway.b" = 730 * 0.045 + 10 * 0.045
    "aws_nat_gateway.c" = 730 * 0.045
  }
}

case "one" {
  resource "aws_nat_gateway" "a" {
    allocation_id = "eipalloc-1"
    subnet_id     = "subnet-1"
    tags          = { Environment = "dev" }
  }
  finds = {}
}

case "each network has its own" {
  project = "shop-dev"
  resource "aws_vpc" "a" {
    cidr_block = "10.0.0.0/16"
  }
  resource "aws_vpc" "b" {
    cidr_block = "10.1.0.0/16"
  }
  resource "aws_nat_gateway" "a" {
    allocation_id = "eipalloc-1"
    subnet_id     = "subnet-1"
  }
  resource "aws_nat_gateway" "b" {
    allocation_id = "eipalloc-2"
    subnet_id     = "subnet-2"
  }
  finds = {}
}

case "production" {
  resource "aws_nat_gateway" "a" {
    allocation_id = "eipalloc-1"
    subnet_id     = "subnet-1"
    tags          = { Environment = "prod" }
  }
  resource "aws_nat_gateway" "b" {
    allocation_id = "eipalloc-2"
    subnet_id     = "subnet-2"
    tags          = { Environment = "prod" }
  }
  finds = {}
}
