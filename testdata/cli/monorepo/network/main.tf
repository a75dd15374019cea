terraform {
  backend "s3" {
    bucket = "state"
    key    = "network"
  }
}

provider "aws" {
  region = "eu-central-1"
}

resource "aws_nat_gateway" "egress" {
  count         = 2
  subnet_id     = "subnet-${count.index}"
  allocation_id = "eipalloc-${count.index}"
}
