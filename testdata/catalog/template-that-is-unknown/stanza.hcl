resource "aws_nat_gateway" {
  use "ec2_instanse" {
    instance_type = "t3.micro"
  }

  example "idle" {
    self   = { subnet_id = "subnet-1" }
    expect = { "NAT gateway" = 730 }
  }
}
