provider "aws" {
  alias    = "by_region"
  for_each = toset(["us-east-1", "eu-central-1"])
  region   = each.value
}
resource "aws_instance" "w" {
  for_each      = toset(["us-east-1", "eu-central-1"])
  provider      = aws.by_region[each.key]
  ami           = "ami-1"
  instance_type = "m5.large"
}
