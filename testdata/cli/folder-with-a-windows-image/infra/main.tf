provider "aws" { region = "us-east-1" }
data "aws_ami" "win" {
  owners = ["amazon"]
  filter {
    name = "name"
    values = ["Windows_Server-2022-English-Full-Base-*"]
  }
}
data "aws_ami" "lin" {
  filter {
    name = "name"
    values = ["al2023-ami-*"]
  }
}
resource "aws_instance" "w" {
  ami = data.aws_ami.win.id
  instance_type = "m5.large"
}
resource "aws_instance" "l" {
  ami = data.aws_ami.lin.id
  instance_type = "m5.large"
}
