module "terraform-aws-modules/*" {
  path = "vendor/all"
}

module "terraform-aws-modules/vpc/aws" {
  path = "vendor/vpc"
}

module "git::https://git.example.com/iam.git" {
  path = "vendor/iam"
}
