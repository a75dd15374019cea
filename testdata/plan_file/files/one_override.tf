resource "aws_instance" "web" {
  subnet_id = module.net.subnets[0]
}
