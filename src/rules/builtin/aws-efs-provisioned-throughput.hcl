rule "aws-efs-provisioned-throughput" {
  title    = "Provisioned throughput of a file system"
  on       = "aws_efs_file_system"
  severity = "note"

  when    = self.throughput_mode == "provisioned"
  instead = { throughput_mode = "bursting", provisioned_throughput_in_mibps = null }
  message = "${self.provisioned_throughput_in_mibps} MiB/s are paid for at all hours; bursting throughput is free and grows with the files, elastic throughput is charged as used"

  docs {
    what       = "An EFS file system with `throughput_mode = \"provisioned\"`."
    why        = "Provisioned throughput beyond what comes with the stored GB is charged by the month, used or not. Bursting has none of that charge; elastic is charged by the GB read and written and costs less for loads that come and go."
    ignore     = "Where the load is steady and near what is provisioned, and bursting would throttle it."
    confidence = "low"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/efs/latest/ug/performance.html"
  }
}
