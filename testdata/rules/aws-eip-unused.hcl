case "nothing uses it" {
  resource "aws_eip" "old" {
    domain = "vpc"
  }
  finds = { "aws_eip.old" = 730 * 0.005 }
}

case "a NAT gateway uses it" {
  resource "aws_eip" "nat" {
    domain = "vpc"
  }
  resource "aws_nat_gateway" "nat" {
    allocation_id = aws_eip.nat.id
    subnet_id     = "subnet-1"
  }
  finds = {}
}

case "an instance of the plan has it" {
  resource "aws_instance" "web" {
    ami           = "ami-1"
    instance_type = "m6i.large"
  }
  resource "aws_eip" "web" {
    domain   = "vpc"
    instance = aws_instance.web.id
  }
  finds = {}
}

case "an association gives it away" {
  resource "aws_eip" "web" {
    domain = "vpc"
  }
  resource "aws_eip_association" "web" {
    allocation_id = aws_eip.web.id
    instance_id   = "i-1"
  }
  finds = {}
}

case "beside a gateway that may have it through a local" {
  resource "aws_eip" "nat" {
    domain = "vpc"
  }
  resource "aws_nat_gateway" "nat" {
    allocation_id = "eipalloc-1"
    subnet_id     = "subnet-1"
  }
  finds = {}
}
