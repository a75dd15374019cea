resource "aws_ebs_volume" "home" {
  availability_zone = "eu-central-1a"
  size              = 10
  type              = "gp3"
}
