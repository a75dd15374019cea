table "alicloud_instance_type" {
  csv = "instance_types.csv"
  key = "instance_type"
}

# A cloud disk. No list of disk prices is at hand.
template "alicloud_disk" {
  input "size_gb" { type = number }
  input "category" {
    type    = string
    default = "cloud_efficiency"
  }
  input "performance_level" { type = string }

  component "Storage" {
    detail   = category == "cloud_essd" ? "${category} ${coalesce(performance_level, "PL1")}" : category
    unit     = "GB"
    quantity = size_gb
    unpriced = "prices of ECS disks"
  }
}

resource "alicloud_instance" {
  docs = "https://www.alibabacloud.com/product/ecs-pricing-list/en"

  usage {
    # Hours a month that the instance runs.
    monthly_hrs = 730
    # GB a month from the instance's own address to the internet.
    monthly_outbound_gb = null
  }

  let {
    type      = known(self.instance_type, self.instance_type)
    prepaid   = lower(known(self.instance_charge_type, "PostPaid")) == "prepaid"
    spot      = !prepaid && !contains(["NoSpot", ""], known(self.spot_strategy, "NoSpot"))
    windows   = can(regex("^win", known(self.image_id, "")))
    bandwidth = known(self.internet_max_bandwidth_out, 0)
    fixed     = lower(known(self.internet_charge_type, "PayByTraffic")) == "paybybandwidth"
  }

  component "Instance usage" {
    detail   = "Linux, pay as you go, ${type}"
    when     = !prepaid && !spot && !windows
    unit     = "hours"
    quantity = usage.monthly_hrs
    price {
      service       = "ecs"
      instance_type = type
    }
  }

  component "Windows instance usage" {
    detail   = type
    when     = !prepaid && !spot && windows
    unit     = "hours"
    quantity = usage.monthly_hrs
    unpriced = "prices of ECS with Windows"
  }

  component "Preemptible instance usage" {
    detail   = type
    when     = spot
    unit     = "hours"
    quantity = usage.monthly_hrs
    unpriced = "prices of preemptible ECS instances"
  }

  component "Subscription" {
    detail   = type
    when     = prepaid
    unit     = "months"
    quantity = 1
    unpriced = "subscription prices of ECS"
  }

  component "Outbound traffic" {
    when     = bandwidth > 0 && !fixed
    unit     = "GB"
    quantity = usage.monthly_outbound_gb
    unpriced = "traffic prices of an instance's own address"
  }

  component "Outbound bandwidth" {
    when     = bandwidth > 0 && fixed
    unit     = "Mbps"
    quantity = bandwidth
    unpriced = "bandwidth prices of an instance's own address"
  }

  part "system_disk" {
    use "alicloud_disk" {
      size_gb           = known(self.system_disk_size, 40)
      category          = known(self.system_disk_category, null)
      performance_level = known(self.system_disk_performance_level, null)
    }
  }

  part "data_disks" {
    for_each = known(self.data_disks, [])
    use "alicloud_disk" {
      size_gb           = each.value.size
      category          = known(each.value.category, null)
      performance_level = known(each.value.performance_level, null)
    }
  }

  example "a plain instance" {
    self   = { instance_type = "ecs.g7.large" }
    expect = { "Instance usage" = 730, "system_disk/Storage" = 40 }
  }
  example "disks and traffic" {
    self = {
      instance_type              = "ecs.c6.2xlarge"
      instance_charge_type       = "PostPaid"
      internet_max_bandwidth_out = 10
      system_disk_category       = "cloud_essd"
      system_disk_size           = 60
      data_disks                 = [{ size = 200, category = "cloud_ssd" }]
    }
    usage = { monthly_outbound_gb = 50 }
    expect = {
      "Instance usage"        = 730
      "Outbound traffic"      = 50
      "system_disk/Storage"   = 60
      "data_disks[0]/Storage" = 200
    }
  }
  example "fixed bandwidth" {
    self = {
      instance_type              = "ecs.g7.large"
      internet_charge_type       = "PayByBandwidth"
      internet_max_bandwidth_out = 5
    }
    expect = { "Instance usage" = 730, "Outbound bandwidth" = 5, "system_disk/Storage" = 40 }
  }
  example "a subscription" {
    self   = { instance_type = "ecs.g7.large", instance_charge_type = "PrePaid", period = 12 }
    expect = { "Subscription" = 1, "system_disk/Storage" = 40 }
  }
  example "a preemptible instance" {
    self   = { instance_type = "ecs.g7.large", spot_strategy = "SpotAsPriceGo" }
    expect = { "Preemptible instance usage" = 730, "system_disk/Storage" = 40 }
  }
  example "Windows" {
    self   = { instance_type = "ecs.g7.large", image_id = "win2019_1809_x64_dtc_en-us_40G_alibase.vhd" }
    expect = { "Windows instance usage" = 730, "system_disk/Storage" = 40 }
  }
}

resource "alicloud_disk" {
  docs = "https://www.alibabacloud.com/help/en/ecs/user-guide/billing-of-block-storage"

  use "alicloud_disk" {
    size_gb           = self.size
    category          = known(self.category, null)
    performance_level = known(self.performance_level, null)
  }

  example "an ultra disk" {
    self   = { size = 100, availability_zone = "cn-hangzhou-h" }
    expect = { "Storage" = 100 }
  }
}

resource "alicloud_ecs_disk" {
  docs = "https://www.alibabacloud.com/help/en/ecs/user-guide/billing-of-block-storage"

  use "alicloud_disk" {
    size_gb           = self.size
    category          = known(self.category, null)
    performance_level = known(self.performance_level, null)
  }

  example "an enhanced SSD" {
    self   = { size = 461, category = "cloud_essd", performance_level = "PL2", zone_id = "cn-hangzhou-h" }
    expect = { "Storage" = 461 }
  }
}
