rule "aws-ebs-io1-volume" {
  title    = "io1 volume that gp3 or io2 gives for less"
  on       = "aws_ebs_volume"
  severity = "warning"

  let {
    iops    = coalesce(known(self.iops, null), 100)
    is_gp3  = iops <= 16000 && self.multi_attach_enabled != true
    # io1 moves 256 KiB with each operation, up to 500 MiB a second.
    throughput = max(125, min(500, floor(iops / 4)))
    change  = is_gp3 ? { type = "gp3", iops = max(3000, iops), throughput = throughput } : { type = "io2" }
  }

  when    = self.type == "io1" && (is_gp3 || iops > 32000)
  instead = change
  message = "this io1 volume has ${iops} IOPS; ${change.type} has as many for less"

  docs {
    what       = "An EBS volume of type io1 with at most 16,000 IOPS, which gp3 has too, or with more than 32,000, which io2 sells at a lower price."
    why        = "io1 sells every operation a second, at thirteen times the price that gp3 asks for those beyond its first 3,000, and its storage costs more than half as much again. io2 costs what io1 does up to 32,000 IOPS, less beyond, and loses data far less often."
    ignore     = "Where latency has to stay below a millisecond at all times: gp3 reaches single-digit milliseconds in 99 percent of the time. io2 is then the volume to take, at the same price and with a hundred times the durability."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html"
  }
}
