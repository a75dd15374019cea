case "nothing attaches it" {
  resource "aws_ebs_volume" "data" {
    availability_zone = "us-east-1a"
    type              = "gp3"
    size              = 100
  }
  finds = { "aws_ebs_volume.data" = 100 * 0.08 }
}

case "attached" {
  resource "aws_ebs_volume" "data" {
    availability_zone = "us-east-1a"
    type              = "gp3"
    size              = 100
  }
  resource "aws_volume_attachment" "data" {
    device_name = "/dev/sdf"
    instance_id = "i-1"
    volume_id   = aws_ebs_volume.data.id
  }
  finds = {}
}
