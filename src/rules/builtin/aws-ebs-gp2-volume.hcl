rule "aws-ebs-gp2-volume" {
  title    = "gp2 volume that gp3 gives for less"
  on       = "aws_ebs_volume"
  severity = "warning"

  let {
    size_gb = coalesce(self.size, 8)
    # gp2 has 3 IOPS a GB, between 100 and 16,000; gp3 has 3,000 without charge.
    iops = min(16000, 3 * size_gb)
    # Above 170 GB gp2 may reach 250 MB/s; gp3 has 125 without charge.
    throughput = size_gb > 170 ? 250 : 125
  }

  when = coalesce(self.type, "gp2") == "gp2"
  instead = merge(
    { type = "gp3" },
    iops > 3000 ? { iops = iops } : {},
    throughput > 125 ? { throughput = throughput } : {},
  )
  message = "this volume of ${size_gb} GB is gp2; gp3 with the same IOPS and throughput costs less"

  docs {
    what       = "An EBS volume of type gp2, or of no type, which means gp2."
    why        = "gp3 costs a fifth less a GB and has 3,000 IOPS and 125 MB/s at any size. What gp2 gives beyond that by its size is bought, so that nothing gets slower."
    ignore     = "Where the volume goes soon, or where a snapshot policy or an image pins the type."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html"
  }
}
