rule "aws-ebs-bought-iops-outside-production" {
  title    = "Bought IOPS or throughput of a volume outside production"
  on       = "aws_ebs_volume"
  severity = "note"

  let {
    iops       = coalesce(known(self.iops, null), 3000)
    throughput = coalesce(known(self.throughput, null), 125)
    is_bought  = self.type == "gp3" ? iops > 3000 || throughput > 125 : self.type == "io1" || self.type == "io2"
  }

  when    = production == false && is_bought && self.multi_attach_enabled != true
  instead = { type = "gp3", iops = 3000, throughput = 125 }
  message = "this volume outside production buys ${self.type == "gp3" ? "${iops} IOPS and ${throughput} MiB a second" : "${iops} IOPS of ${self.type}"}; 3,000 IOPS and 125 MiB a second come with gp3"

  docs {
    what       = "A gp3 volume with more than 3,000 IOPS or 125 MiB a second, or a volume of type io1 or io2, whose tags, module or project say that it is not production."
    why        = "IOPS and throughput beyond what comes with gp3 are charged by the month whether they are used or not. What production needs under load, a test environment seldom does."
    ignore     = "Where load is tested, or where the volume takes part in comparing performance with production."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html"
  }
}
