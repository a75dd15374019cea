terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" { region = "us-east-1" }
provider "aws" {
  alias  = "dns"
  region = "us-east-1"
}

variable "cluster" {
  type    = string
  default = "platform"
}
variable "pools" {
  type = map(object({
    types     = list(string)
    min       = number
    max       = number
    spot      = optional(bool, false)
    disk_gb   = optional(number, 50)
    taints    = optional(list(object({ key = string, value = string, effect = string })), [])
    node_type = optional(string, "general")
  }))
  default = {
    system  = { types = ["m6i.large"], min = 2, max = 4 }
    apps    = { types = ["m6i.xlarge"], min = 3, max = 12, disk_gb = 100 }
    batch   = { types = ["c6i.2xlarge"], min = 1, max = 20, spot = true, taints = [{ key = "batch", value = "true", effect = "NO_SCHEDULE" }] }
  }
}

locals {
  azs  = slice(data.aws_availability_zones.all.names, 0, 3)
  tags = { cluster = var.cluster, team = "platform" }
}

data "aws_availability_zones" "all" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

resource "aws_vpc" "this" {
  cidr_block = "10.42.0.0/16"
  tags       = merge(local.tags, { Name = var.cluster })
}
resource "aws_subnet" "nodes" {
  count             = length(local.azs)
  vpc_id            = aws_vpc.this.id
  cidr_block        = cidrsubnet(aws_vpc.this.cidr_block, 4, count.index)
  availability_zone = local.azs[count.index]
}
resource "aws_eip" "nat" { domain = "vpc" }
resource "aws_nat_gateway" "this" {
  subnet_id     = aws_subnet.nodes[0].id
  allocation_id = aws_eip.nat.id
}

module "cluster" {
  source  = "./modules/cluster"
  name    = var.cluster
  subnets = aws_subnet.nodes[*].id
  version_ = "1.31"
  partition = data.aws_partition.current.partition
}

module "nodes" {
  source   = "./modules/nodes"
  for_each = var.pools

  cluster = module.cluster.name
  name    = each.key
  pool    = each.value
  subnets = aws_subnet.nodes[*].id
  role    = module.cluster.node_role
}

resource "aws_ecr_repository" "apps" {
  for_each = toset(["api", "web", "worker"])
  name     = "${var.cluster}/${each.value}"
}
resource "aws_efs_file_system" "shared" {
  throughput_mode = "elastic"
  tags            = local.tags
}
resource "aws_kms_key" "secrets" { description = "Secrets of ${var.cluster}" }
resource "aws_route53_zone" "apps" {
  provider = aws.dns
  name     = "apps.example.com"
}
resource "aws_lb" "ingress" {
  name               = "${var.cluster}-ingress"
  load_balancer_type = "network"
  subnets            = aws_subnet.nodes[*].id
}

output "endpoint" { value = module.cluster.endpoint }
output "pools" { value = { for name, nodes in module.nodes : name => nodes.bounds } }
output "region" { value = data.aws_region.current.name }
