case "gp3 with as many IOPS and as much throughput" {
  resource "aws_ebs_volume" "data" {
    availability_zone = "us-east-1a"
    type              = "io1"
    size              = 200
    iops              = 5000
  }
  finds = { "aws_ebs_volume.data" = 200 * (0.125 - 0.08) + 5000 * 0.065 - (5000 - 3000) * 0.005 - (500 - 125) * 0.04 }
}

case "few IOPS come with gp3" {
  resource "aws_ebs_volume" "data" {
    availability_zone = "us-east-1a"
    type              = "io1"
    size              = 20
    iops              = 200
  }
  finds = { "aws_ebs_volume.data" = 20 * (0.125 - 0.08) + 200 * 0.065 }
}

case "very many cost less on io2" {
  resource "aws_ebs_volume" "data" {
    availability_zone = "us-east-1a"
    type              = "io1"
    size              = 1000
    iops              = 40000
  }
  finds = { "aws_ebs_volume.data" = (40000 - 32000) * (0.065 - 0.046) }
}

case "on io2 these cost the same" {
  resource "aws_ebs_volume" "data" {
    availability_zone = "us-east-1a"
    type              = "io1"
    size              = 1000
    iops              = 20000
  }
  finds = {}
}

case "io2 already" {
  resource "aws_ebs_volume" "data" {
    availability_zone = "us-east-1a"
    type              = "io2"
    size              = 200
    iops              = 5000
  }
  finds = {}
}
