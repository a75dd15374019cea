case "100 MiB/s at all hours" {
  resource "aws_efs_file_system" "f" {
    creation_token                  = "f"
    throughput_mode                 = "provisioned"
    provisioned_throughput_in_mibps = 100
  }
  finds = { "aws_efs_file_system.f" = 100 * 6 }
}

case "elastic" {
  resource "aws_efs_file_system" "f" {
    creation_token  = "f"
    throughput_mode = "elastic"
  }
  finds = {}
}
