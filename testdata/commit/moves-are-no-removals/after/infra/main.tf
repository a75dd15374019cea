provider "aws" {
  region = "eu-central-1"
}

module "shop" {
  source   = "../modules/web"
  machines = 2
  size     = "t3.large"
}

moved {
  from = module.web
  to   = module.shop
}

resource "aws_ebs_volume" "new" {
  availability_zone = "eu-central-1a"
  size              = 100
  type              = "gp3"
}

moved {
  from = aws_ebs_volume.old
  to   = aws_ebs_volume.middle
}

moved {
  from = aws_ebs_volume.middle
  to   = aws_ebs_volume.new
}

resource "aws_ebs_volume" "counted" {
  count             = 2
  availability_zone = "eu-central-1a"
  size              = 20
  type              = "gp3"
}
