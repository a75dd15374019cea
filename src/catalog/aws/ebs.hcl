# What volume types are called on the pricing page and in the price list.
table "ebs_volume_type" {
  rows = {
    standard = { words = "magnetic", usage_type = "EBS:VolumeUsage" }
    gp2      = { words = "general purpose SSD, gp2", usage_type = "EBS:VolumeUsage.gp2" }
    gp3      = { words = "general purpose SSD, gp3", usage_type = "EBS:VolumeUsage.gp3" }
    io1      = { words = "provisioned IOPS SSD, io1", usage_type = "EBS:VolumeUsage.piops" }
    io2      = { words = "provisioned IOPS SSD, io2", usage_type = "EBS:VolumeUsage.io2" }
    st1      = { words = "throughput optimized HDD, st1", usage_type = "EBS:VolumeUsage.st1" }
    sc1      = { words = "cold HDD, sc1", usage_type = "EBS:VolumeUsage.sc1" }
  }
}

template "ebs_volume" {
  input "size_gb" {
    type    = number
    default = 8
  }
  input "type" {
    type    = string
    default = "gp2"
  }
  input "iops" { type = number }
  input "throughput" { type = number }
  input "io_requests" { type = number }
  input "note" { type = string }

  let {
    # gp3 comes with 3,000 IOPS and 125 MiBps; io2 has three steps.
    billed_iops      = { io1 = iops, io2 = min(iops, 32000), gp3 = max(0, coalesce(iops, 3000) - 3000) }
    has_iops         = type == "gp3" ? billed_iops.gp3 > 0 : type == "io1" || type == "io2"
    extra_throughput = max(0, coalesce(throughput, 125) - 125)
  }

  component "Storage" {
    detail   = table.ebs_volume_type[type].words
    unit     = "GB"
    quantity = size_gb
    note     = note
    price {
      service    = "AmazonEC2"
      usage_type = table.ebs_volume_type[type].usage_type
    }
  }

  component "Provisioned IOPS" {
    when     = has_iops
    unit     = "IOPS"
    quantity = billed_iops[type]
    price {
      service    = "AmazonEC2"
      usage_type = "EBS:VolumeP-IOPS.${type == "io1" ? "piops" : type}"
    }
  }

  component "Provisioned IOPS (over 32,000)" {
    when     = type == "io2" && coalesce(iops, 0) > 32000
    unit     = "IOPS"
    quantity = min(iops, 64000) - 32000
    price {
      service    = "AmazonEC2"
      usage_type = "EBS:VolumeP-IOPS.io2.tier2"
    }
  }

  component "Provisioned IOPS (over 64,000)" {
    when     = type == "io2" && coalesce(iops, 0) > 64000
    unit     = "IOPS"
    quantity = iops - 64000
    price {
      service    = "AmazonEC2"
      usage_type = "EBS:VolumeP-IOPS.io2.tier3"
    }
  }

  # The list prices a GiBps, 1,024 MiBps; 125 MiBps come with the volume.
  component "Provisioned throughput" {
    when     = type == "gp3" && extra_throughput > 0
    unit     = "Mbps"
    per      = 0.0009765625
    quantity = extra_throughput / 1024
    price {
      service    = "AmazonEC2"
      usage_type = "EBS:VolumeP-Throughput.gp3"
    }
  }

  component "I/O requests" {
    when     = type == "standard"
    unit     = "1M request"
    per      = 1000000
    quantity = io_requests
    price {
      service    = "AmazonEC2"
      usage_type = "EBS:VolumeIOUsage"
    }
  }
}

resource "aws_ebs_volume" {
  docs = "https://aws.amazon.com/ebs/pricing/"

  usage {
    # I/O requests a month, of magnetic volumes.
    monthly_standard_io_requests = null
  }

  let {
    snapshot = ref("snapshot_id", "aws_ebs_snapshot")
  }

  use "ebs_volume" {
    size_gb     = known(self.size, known(snapshot.volume_size, self.size))
    type        = known(self.type, "gp2")
    iops        = known(self.iops, null)
    throughput  = known(self.throughput, null)
    io_requests = usage.monthly_standard_io_requests
  }

  example "gp3 with more IOPS and throughput than come with it" {
    self   = { size = 100, type = "gp3", iops = 4000, throughput = 250 }
    expect = {
      "Storage"                = 100
      "Provisioned IOPS"       = 1000
      "Provisioned throughput" = 0.1220703125
    }
  }
  example "io2 with all tiers" {
    self   = { size = 1000, type = "io2", iops = 70000 }
    expect = {
      "Storage"                        = 1000
      "Provisioned IOPS"               = 32000
      "Provisioned IOPS (over 32,000)" = 32000
      "Provisioned IOPS (over 64,000)" = 6000
    }
  }
  example "io1" {
    self   = { size = 20, type = "io1", iops = 200 }
    expect = { "Storage" = 20, "Provisioned IOPS" = 200 }
  }
  example "magnetic" {
    self   = { size = 20, type = "standard" }
    usage  = { monthly_standard_io_requests = 3000000 }
    expect = { "Storage" = 20, "I/O requests" = 3000000 }
  }
  example "cold" {
    self   = { size = 500, type = "sc1" }
    expect = { "Storage" = 500 }
  }
  example "throughput optimized" {
    self   = { size = 500, type = "st1" }
    expect = { "Storage" = 500 }
  }
  example "the default type is gp2" {
    self   = { size = 10 }
    expect = { "Storage" = 10 }
  }
}

# A copy costs like a snapshot of its own, unless it holds only what changed since an earlier copy.
resource "aws_ebs_snapshot_copy" {
  docs = "https://aws.amazon.com/ebs/pricing/"

  component "EBS snapshot storage" {
    unit     = "GB"
    quantity = self.volume_size
    note     = "A snapshot bills the blocks it holds, at most the size of its volume, which stands here."
    price {
      service    = "AmazonEC2"
      usage_type = "EBS:SnapshotUsage"
    }
  }

  example "a copy" {
    self   = { volume_size = 10 }
    expect = { "EBS snapshot storage" = 10 }
  }
}

resource "aws_ebs_snapshot" {
  docs = "https://aws.amazon.com/ebs/pricing/"

  usage {
    # ListChangedBlocks and ListSnapshotBlocks requests a month.
    monthly_list_block_requests = null
    # GetSnapshotBlock requests a month.
    monthly_get_block_requests = null
    # PutSnapshotBlock requests a month.
    monthly_put_block_requests = null
    # DSU-hours of fast snapshot restore a month.
    fast_snapshot_restore_hours = null
  }

  let {
    volume = ref("volume_id", "aws_ebs_volume")
  }

  component "EBS snapshot storage" {
    unit     = "GB"
    quantity = coalesce(known(self.volume_size, null), volume.size)
    note     = "A snapshot bills the blocks it holds, at most the size of its volume, which stands here."
    price {
      service    = "AmazonEC2"
      usage_type = "EBS:SnapshotUsage"
    }
  }
  component "Fast snapshot restore" {
    unit     = "DSU-hours"
    quantity = usage.fast_snapshot_restore_hours
    optional = true
    price {
      service    = "AmazonEC2"
      usage_type = "EBS:FastSnapshotRestore"
    }
  }
  component "ListChangedBlocks & ListSnapshotBlocks API requests" {
    unit     = "1k requests"
    per      = 1000
    quantity = usage.monthly_list_block_requests
    optional = true
    price {
      service    = "AmazonEC2"
      usage_type = "EBS:directAPI.snapshot.List"
    }
  }
  component "GetSnapshotBlock API requests" {
    unit     = "1k SnapshotAPIUnits"
    per      = 1000
    quantity = usage.monthly_get_block_requests
    optional = true
    price {
      service    = "AmazonEC2"
      usage_type = "EBS:directAPI.snapshot.Get"
    }
  }
  component "PutSnapshotBlock API requests" {
    unit     = "1k SnapshotAPIUnits"
    per      = 1000
    quantity = usage.monthly_put_block_requests
    optional = true
    price {
      service    = "AmazonEC2"
      usage_type = "EBS:directAPI.snapshot.Put"
    }
  }

  example "of a volume in the plan, with requests" {
    self  = {}
    refs  = { volume_id = { size = 10 } }
    usage = {
      fast_snapshot_restore_hours = 1
      monthly_list_block_requests = 2
      monthly_get_block_requests  = 3
      monthly_put_block_requests  = 4
    }
    expect = {
      "EBS snapshot storage"                                = 10
      "Fast snapshot restore"                               = 1
      "ListChangedBlocks & ListSnapshotBlocks API requests" = 2
      "GetSnapshotBlock API requests"                       = 3
      "PutSnapshotBlock API requests"                       = 4
    }
  }
}
