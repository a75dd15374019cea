provider "aws" {
  region = "eu-central-1"
}

module "web" {
  source   = "../modules/web"
  machines = 2
  size     = "t3.medium"
}

resource "aws_ebs_volume" "old" {
  availability_zone = "eu-central-1a"
  size              = 100
  type              = "gp3"
}

resource "aws_ebs_volume" "counted" {
  availability_zone = "eu-central-1a"
  size              = 20
  type              = "gp3"
}
