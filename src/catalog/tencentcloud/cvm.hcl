table "tencentcloud_instance_type" {
  csv = "instance_types.csv"
  key = "instance_type"
}

# A cloud disk: by the gigabyte and hour, or month when paid in advance.
template "tencentcloud_disk" {
  input "size_gb" { type = number }
  input "type" {
    type    = string
    default = "CLOUD_BASIC"
  }
  input "charge_type" {
    type    = string
    default = "POSTPAID_BY_HOUR"
  }

  component "Storage" {
    detail   = type
    when     = charge_type == "POSTPAID_BY_HOUR"
    unit     = "GB"
    quantity = size_gb
    price {
      service     = "cbs"
      disk_type   = type
      charge_type = "POSTPAID_BY_HOUR"
      times       = 730
    }
  }

  component "Storage, paid in advance" {
    detail   = type
    when     = charge_type == "PREPAID"
    unit     = "GB"
    quantity = size_gb
    price {
      service     = "cbs"
      disk_type   = type
      charge_type = "PREPAID"
    }
  }
}

# What an address sends to the internet: by traffic, or by bandwidth, of which the first 5 Mbps cost less.
template "tencentcloud_internet" {
  input "charge_type" {
    type    = string
    default = "TRAFFIC_POSTPAID_BY_HOUR"
  }
  input "bandwidth_mbps" {
    type    = number
    default = 0
  }

  usage {
    # GB a month to the internet.
    monthly_outbound_gb = null
  }

  component "Outbound traffic" {
    when     = charge_type == "TRAFFIC_POSTPAID_BY_HOUR"
    unit     = "GB"
    quantity = usage.monthly_outbound_gb
    price {
      service     = "bandwidth"
      charge_type = "TRAFFIC_POSTPAID_BY_HOUR"
    }
  }

  component "Bandwidth" {
    when     = charge_type == "BANDWIDTH_POSTPAID_BY_HOUR"
    unit     = "Mbps"
    quantity = bandwidth_mbps
    price {
      service     = "bandwidth"
      charge_type = "BANDWIDTH_POSTPAID_BY_HOUR"
      times       = 730
    }
  }

  component "Bandwidth, paid in advance" {
    when     = startswith(charge_type, "BANDWIDTH_PREPAID")
    unit     = "Mbps"
    quantity = bandwidth_mbps
    unpriced = "prices of bandwidth paid in advance"
  }
}

# Pay-as-you-go prices fall after 96 and after 360 hours of use: a month here is the first one.
resource "tencentcloud_instance" {
  docs = "https://buy.cloud.tencent.com/price/cvm"

  usage {
    # The operating system: linux or windows. A plan does not say what an image holds.
    operating_system = "linux"
    # Hours a month that the instance runs.
    monthly_hrs = 730
  }

  let {
    charge    = known(self.instance_charge_type, "POSTPAID_BY_HOUR")
    disk      = charge == "PREPAID" ? "PREPAID" : "POSTPAID_BY_HOUR"
    bandwidth = known(self.internet_max_bandwidth_out, 0)
    system    = upper(usage.operating_system)
  }

  component "Instance usage" {
    detail   = "${title(usage.operating_system)}, pay as you go, ${self.instance_type}"
    when     = charge == "POSTPAID_BY_HOUR"
    unit     = "hours"
    quantity = usage.monthly_hrs
    price {
      service          = "cvm"
      instance_type    = self.instance_type
      operating_system = system
      charge_type      = "POSTPAID_BY_HOUR"
    }
  }

  component "Instance, paid in advance" {
    detail   = "${title(usage.operating_system)}, ${self.instance_type}"
    when     = charge == "PREPAID"
    unit     = "months"
    quantity = 1
    note     = "By the month: a year and longer cost less."
    price {
      service          = "cvm"
      instance_type    = self.instance_type
      operating_system = system
      charge_type      = "PREPAID"
    }
  }

  component "Spot instance usage" {
    detail   = self.instance_type
    when     = charge == "SPOTPAID"
    unit     = "hours"
    quantity = usage.monthly_hrs
    unpriced = "spot prices of CVM"
  }

  use "tencentcloud_internet" {
    when           = bandwidth > 0
    charge_type    = known(self.internet_charge_type, null)
    bandwidth_mbps = bandwidth
  }

  part "system_disk" {
    when = !startswith(known(self.system_disk_type, "CLOUD_BASIC"), "LOCAL")
    use "tencentcloud_disk" {
      size_gb     = known(self.system_disk_size, 50)
      type        = known(self.system_disk_type, null)
      charge_type = disk
    }
  }

  part "data_disks" {
    for_each = known(self.data_disks, [])
    use "tencentcloud_disk" {
      size_gb     = each.value.data_disk_size
      type        = known(each.value.data_disk_type, null)
      charge_type = disk
    }
  }

  example "a plain instance" {
    self   = { instance_type = "S5.MEDIUM4", availability_zone = "ap-guangzhou-3" }
    expect = { "Instance usage" = 730, "system_disk/Storage" = 50 }
  }
  example "disks, traffic, Windows" {
    self = {
      instance_type              = "S5.MEDIUM4"
      internet_max_bandwidth_out = 10
      internet_charge_type       = "TRAFFIC_POSTPAID_BY_HOUR"
      system_disk_type           = "CLOUD_PREMIUM"
      system_disk_size           = 100
      data_disks                 = [{ data_disk_type = "CLOUD_SSD", data_disk_size = 200 }]
    }
    usage = { operating_system = "windows", monthly_outbound_gb = 20 }
    expect = {
      "Instance usage"        = 730
      "Outbound traffic"      = 20
      "system_disk/Storage"   = 100
      "data_disks[0]/Storage" = 200
    }
  }
  example "bandwidth" {
    self = {
      instance_type              = "S5.MEDIUM4"
      internet_max_bandwidth_out = 8
      internet_charge_type       = "BANDWIDTH_POSTPAID_BY_HOUR"
    }
    expect = { "Instance usage" = 730, "Bandwidth" = 8, "system_disk/Storage" = 50 }
  }
  example "paid in advance" {
    self = {
      instance_type                       = "S5.MEDIUM4"
      instance_charge_type                = "PREPAID"
      instance_charge_type_prepaid_period = 1
      internet_charge_type                = "BANDWIDTH_PREPAID"
      internet_max_bandwidth_out          = 1
    }
    expect = {
      "Instance, paid in advance"            = 1
      "Bandwidth, paid in advance"           = 1
      "system_disk/Storage, paid in advance" = 50
    }
  }
  example "spot" {
    self   = { instance_type = "S5.MEDIUM4", instance_charge_type = "SPOTPAID" }
    expect = { "Spot instance usage" = 730, "system_disk/Storage" = 50 }
  }
}

resource "tencentcloud_cbs_storage" {
  docs = "https://buy.cloud.tencent.com/price/cbs"

  use "tencentcloud_disk" {
    size_gb     = self.storage_size
    type        = self.storage_type
    charge_type = known(self.charge_type, null)
  }

  example "an SSD" {
    self   = { storage_type = "CLOUD_SSD", storage_size = 100, availability_zone = "ap-guangzhou-3" }
    expect = { "Storage" = 100 }
  }
  example "paid in advance" {
    self   = { storage_type = "CLOUD_PREMIUM", storage_size = 50, charge_type = "PREPAID", prepaid_period = 1 }
    expect = { "Storage, paid in advance" = 50 }
  }
}
