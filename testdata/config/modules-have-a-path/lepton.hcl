module "terraform-aws-modules/vpc/aws" {}

module "terraform-aws-modules/vpc/aws" {
  path    = ["vendor/vpc"]
  version = "5.1.0"
}

module "../shared" {
  path = "shared"
}

module {
  path = "vendor"
}
