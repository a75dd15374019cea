case "a volume below 1,000 GB needs no IOPS of its own" {
  resource "aws_ebs_volume" "data" {
    availability_zone = "us-east-1a"
    type              = "gp2"
    size              = 100
  }
  finds = { "aws_ebs_volume.data" = 100 * (0.10 - 0.08) }
}

case "a large one buys the IOPS and throughput that it had" {
  resource "aws_ebs_volume" "data" {
    availability_zone = "us-east-1a"
    size              = 2000
  }
  finds = { "aws_ebs_volume.data" = 2000 * (0.10 - 0.08) - (6000 - 3000) * 0.005 - (250 - 125) * 0.04 }
}

case "gp3 already" {
  resource "aws_ebs_volume" "data" {
    availability_zone = "us-east-1a"
    type              = "gp3"
    size              = 100
  }
  finds = {}
}
