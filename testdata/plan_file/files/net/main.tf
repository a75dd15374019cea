variable "far" {}

output "subnets" {
  value = aws_subnet.all[*].id
}

# The provider is the root module's.
resource "aws_subnet" "all" {
  count      = 1
  cidr_block = "10.0.0.0/24"
  tags       = { name = "all" }
}
