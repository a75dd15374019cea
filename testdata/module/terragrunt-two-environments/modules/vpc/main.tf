variable "gateways" {
  type = number
}

variable "zones" {
  type = list(string)
}

variable "tags" {
  type    = map(string)
  default = {}
}

resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
  tags       = var.tags
}

resource "aws_subnet" "this" {
  for_each          = { for at, zone in var.zones : zone => at }
  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(aws_vpc.this.cidr_block, 8, each.value)
}

resource "aws_nat_gateway" "this" {
  count     = min(var.gateways, length(var.zones))
  subnet_id = aws_subnet.this[var.zones[count.index]].id
}

output "vpc_id" {
  value = aws_vpc.this.id
}

output "subnet_ids" {
  value = [for zone in var.zones : aws_subnet.this[zone].id]
}
