variable "region" {
  default = "eu-west-1"
}

provider "aws" {
  region = var.region
}

provider "aws" {
  alias  = "central"
  region = "eu-central-1"
}

# Which region this is depends on the variables that were given.
provider "aws" {
  alias  = "far"
  region = var.far
}

resource "aws_instance" "web" {
  instance_type = "t3.micro"
  subnet_id     = aws_eip.old.id
  user_data     = <<-EOT
    resource "aws_instance" "none" {
  EOT
}

resource "aws_kms_key" "disk" {
  provider    = aws.central
  description = "}"
}

resource "aws_eip" "web" {
  provider   = aws.far
  instance   = aws_instance.web.id
  depends_on = [aws_kms_key.disk]
}

module "net" {
  source = "./modules/net"
  far    = aws_eip.web.id
}
