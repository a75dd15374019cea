resource "aws_nat_gateway" {
  docs = "https://aws.amazon.com/vpc/pricing/"
}
