terraform {
  required_providers {
    aws     = { source = "hashicorp/aws" }
    azurerm = { source = "hashicorp/azurerm" }
    google  = { source = "hashicorp/google" }
  }
}
provider "aws" { region = "us-east-1" }
provider "azurerm" {
  features {}
}
provider "google" { region = "europe-west3" }

variable "sizes" {
  type    = list(string)
  default = ["t3.small", "m5.large"]
}
locals { tags = { team = "web" } }

resource "aws_instance" "web" {
  count         = length(var.sizes)
  ami           = "ami-0abc"
  instance_type = var.sizes[count.index]
  tags          = merge(local.tags, { Name = "web-${count.index}" })
  root_block_device {
    volume_size = 20 * (count.index + 1)
    volume_type = "gp3"
  }
}
resource "aws_eip" "nat" { domain = "vpc" }
resource "aws_nat_gateway" "main" {
  allocation_id = aws_eip.nat.id
  subnet_id     = "subnet-1"
}
resource "aws_db_instance" "main" {
  engine            = "postgres"
  instance_class    = "db.m5.large"
  allocated_storage = 100
  storage_type      = "gp3"
  multi_az          = true
}
resource "aws_launch_template" "group" {
  instance_type = "c5.large"
}
resource "aws_autoscaling_group" "group" {
  min_size         = 2
  max_size         = 6
  desired_capacity = 3
  launch_template {
    id      = aws_launch_template.group.id
    version = "$Latest"
  }
}
resource "azurerm_resource_group" "main" {
  name     = "rg"
  location = "eastus2"
}
resource "azurerm_managed_disk" "data" {
  for_each             = { a = 128, b = 512 }
  name                 = each.key
  resource_group_name  = azurerm_resource_group.main.name
  location             = azurerm_resource_group.main.location
  storage_account_type = "Premium_LRS"
  create_option        = "Empty"
  disk_size_gb         = each.value
}
resource "google_compute_instance" "worker" {
  name         = "worker"
  machine_type = "n2-standard-2"
  zone         = "europe-west3-a"
  boot_disk {
    initialize_params {
      size = 50
      type = "pd-ssd"
    }
  }
  network_interface { network = "default" }
}
