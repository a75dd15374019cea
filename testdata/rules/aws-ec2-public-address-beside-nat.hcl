case "a public address although there is NAT" {
  resource "aws_nat_gateway" "main" {
    allocation_id = "eipalloc-1"
    subnet_id     = "subnet-1"
  }
  resource "aws_instance" "web" {
    ami                         = "ami-1"
    instance_type               = "m6i.large"
    associate_public_ip_address = true
  }
  finds = { "aws_instance.web" = 730 * 0.005 }
}

case "the only way out" {
  resource "aws_instance" "web" {
    ami                         = "ami-1"
    instance_type               = "m6i.large"
    associate_public_ip_address = true
  }
  finds = {}
}

case "no public address" {
  resource "aws_nat_gateway" "main" {
    allocation_id = "eipalloc-1"
    subnet_id     = "subnet-1"
  }
  resource "aws_instance" "web" {
    ami                         = "ami-1"
    instance_type               = "m6i.large"
    associate_public_ip_address = false
  }
  finds = {}
}
