provider "aws" {
  region = "eu-central-1"
}

module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.0"
  size    = 40
}

module "user" {
  source = "git::https://git.example.com/iam.git//modules/user?ref=v1"
}

module "far" {
  source = "terraform-aws-modules/s3-bucket/aws"
}

module "far_again" {
  source = "terraform-aws-modules/s3-bucket/aws"
}
