terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.60" }
  }
  backend "s3" {
    bucket = "example-state"
    key    = "web/terraform.tfstate"
    region = "eu-central-1"
  }
}

provider "aws" {
  region = var.region
  default_tags { tags = local.tags }
}

locals {
  name = "${var.project}-${var.env}"
  tags = {
    project = var.project
    env     = var.env
    team    = "web"
  }
  is_prod = var.env == "prod"
  azs     = slice(data.aws_availability_zones.available.names, 0, var.az_count)
}

data "aws_availability_zones" "available" { state = "available" }
data "aws_caller_identity" "current" {}

module "network" {
  source          = "./modules/network"
  name            = local.name
  cidr            = var.cidr
  azs             = local.azs
  single_nat      = !local.is_prod
  enable_endpoint = true
}

module "service" {
  source   = "./modules/service"
  for_each = var.services

  name       = "${local.name}-${each.key}"
  vpc_id     = module.network.vpc_id
  subnets    = module.network.private_subnets
  lb_subnets = each.value.public ? module.network.public_subnets : []
  size       = each.value.size
  desired    = each.value.desired
  max        = coalesce(each.value.max, each.value.desired * 2)
  volume_gb  = each.value.volume_gb
}

module "database" {
  source    = "./modules/database"
  name      = local.name
  subnets   = module.network.private_subnets
  class     = var.database.class
  storage   = var.database.storage_gb
  multi_az  = local.is_prod
  replicas  = var.database.replicas
  retention = local.is_prod ? 14 : 1
}

resource "aws_s3_bucket" "assets" {
  bucket = "${local.name}-assets-${data.aws_caller_identity.current.account_id}"
}

resource "aws_cloudwatch_log_group" "app" {
  for_each          = toset(keys(var.services))
  name              = "/app/${local.name}/${each.key}"
  retention_in_days = local.is_prod ? 90 : 7
}

resource "aws_elasticache_replication_group" "sessions" {
  count                = var.cache == null ? 0 : 1
  replication_group_id = "${local.name}-sessions"
  description          = "Sessions of ${local.name}"
  node_type            = var.cache.node_type
  num_cache_clusters   = var.cache.nodes
  engine               = "redis"
}

resource "aws_route53_zone" "private" {
  name = "${var.env}.internal.example.com"
  vpc { vpc_id = module.network.vpc_id }
}

output "services" {
  value = { for name, service in module.service : name => service.url }
}
output "database" {
  value     = module.database.endpoint
  sensitive = true
}
