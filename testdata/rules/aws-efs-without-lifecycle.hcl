case "no policy" {
  resource "aws_efs_file_system" "f" {
    creation_token = "f"
  }
  finds = { "aws_efs_file_system.f" = null }
}

case "moved after a month" {
  resource "aws_efs_file_system" "f" {
    creation_token = "f"
    lifecycle_policy {
      transition_to_ia = "AFTER_30_DAYS"
    }
  }
  finds = {}
}
