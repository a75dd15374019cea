case "gp3 with bought IOPS and throughput" {
  resource "aws_ebs_volume" "data" {
    availability_zone = "us-east-1a"
    type              = "gp3"
    size              = 100
    iops              = 6000
    throughput        = 250
    tags              = { Environment = "staging" }
  }
  finds = { "aws_ebs_volume.data" = (6000 - 3000) * 0.005 + (250 - 125) * 0.04 }
}

case "io2 in a test project" {
  project = "shop-test"
  resource "aws_ebs_volume" "data" {
    availability_zone = "us-east-1a"
    type              = "io2"
    size              = 100
    iops              = 2000
  }
  finds = { "aws_ebs_volume.data" = 100 * (0.125 - 0.08) + 2000 * 0.065 }
}

case "what comes with gp3" {
  resource "aws_ebs_volume" "data" {
    availability_zone = "us-east-1a"
    type              = "gp3"
    size              = 100
    tags              = { Environment = "staging" }
  }
  finds = {}
}

case "production" {
  resource "aws_ebs_volume" "data" {
    availability_zone = "us-east-1a"
    type              = "gp3"
    size              = 100
    iops              = 6000
    tags              = { Environment = "prod" }
  }
  finds = {}
}
