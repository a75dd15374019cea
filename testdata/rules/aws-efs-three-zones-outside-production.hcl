case "regional in development" {
  resource "aws_efs_file_system" "f" {
    creation_token = "f"
    tags           = { env = "dev" }
  }
  finds = { "aws_efs_file_system.f" = null }
}

case "one zone" {
  resource "aws_efs_file_system" "f" {
    creation_token         = "f"
    availability_zone_name = "us-east-1a"
    tags                   = { env = "dev" }
  }
  finds = {}
}

case "regional in production" {
  resource "aws_efs_file_system" "f" {
    creation_token = "f"
    tags           = { env = "prod" }
  }
  finds = {}
}
