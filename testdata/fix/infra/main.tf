# The stack of the web team.
terraform {
  required_version = ">= 1.5"
}

locals {
  front_size = "large" # decided in spring
}

resource "demo_server" "plain" {
  # Measured at 10 % load.
  size     = "large" // was small once
  region   = "north-1"
  disk_gb  = 100
  schedule = "office-hours"

  user_data = <<-EOT
    #!/bin/sh
    echo "${path.module}"
  EOT
}

resource "demo_server" "by_variable" {
  size    = var.size
  disk_gb = 20

  tags = { team = "web" }
}

resource "demo_server" "by_local" {
  size     = local.front_size
  schedule = "none"
}

resource "demo_server" "many" {
  count    = 2
  size     = count.index == 0 ? "large" : "small"
  schedule = "none"
}

resource "demo_server" "twins" {
  for_each = toset(["a", "b"])

  size     = "large"
  schedule = "none"
}

resource "demo_server" "mixed" {
  for_each = { a = 80, b = 20 }

  size     = "small"
  disk_gb  = each.value
  schedule = "none"
}

resource "demo_server" "kept" {
  size     = "large"
  schedule = "none"

  lifecycle {
    ignore_changes = [size]
  }
}

resource "demo_server" "stale" {
  size     = "tiny"
  schedule = "none"
}

resource "demo_disk" "nested" {
  size_gb = 10

  layout {
    copies = 3 # three of them
    kind   = "plain"
  }
}

resource "demo_disk" "made" {
  size_gb = 10

  dynamic "layout" {
    for_each = [3]
    content {
      copies = layout.value
    }
  }
}

module "web" {
  source = "./modules/web"
  size   = "large"
}

module "store" {
  source = "./modules/store"
}

module "far" {
  source  = "registry.example/demo/far"
  version = "1.0.0"
}
