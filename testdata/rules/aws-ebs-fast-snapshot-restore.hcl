case "on in a zone: the catalogue prices it with the snapshot, by usage" {
  resource "aws_ebs_fast_snapshot_restore" "golden" {
    availability_zone = "us-east-1a"
    snapshot_id       = "snap-1"
  }
  finds = { "aws_ebs_fast_snapshot_restore.golden" = null }
}

case "a snapshot without it" {
  resource "aws_ebs_snapshot" "golden" {
    volume_id = "vol-1"
  }
  finds = {}
}
