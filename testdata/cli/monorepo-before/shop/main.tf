variable "machines" {
  type = number
}

variable "size" {
  type    = string
  default = "t3.medium"
}

provider "aws" {
  region = "eu-central-1"
}

module "web" {
  source   = "../modules/web"
  machines = var.machines
  size     = var.size
}
