# Memory and disk are priced apart. Pay-as-you-go prices of memory fall after 96 and after 360 hours of use: a month here
# is the first one. The price book has the universal two-node instance and its read-only instances.
template "tencentcloud_mysql" {
  input "item" { type = string }
  input "label" { type = string }
  input "memory_mb" { type = number }
  input "cpu" { type = number }
  input "volume_gb" { type = number }
  input "charge_type" {
    type    = string
    default = "POSTPAID"
  }

  usage {
    # Hours a month that the instance runs.
    monthly_hrs = 730
  }

  let {
    # Two sizes of memory are sold with two numbers of cores; without one, the fewer.
    more_cores = (memory_mb == 16000 && coalesce(cpu, 4) == 8) || (memory_mb == 32000 && coalesce(cpu, 8) == 16)
  }

  component "Instance usage" {
    detail   = "${label}, ${memory_mb} MB"
    when     = charge_type == "POSTPAID"
    unit     = "hours"
    quantity = usage.monthly_hrs
    price {
      service     = "cdb"
      item        = item
      memory_mb   = memory_mb
      cpu         = more_cores ? "${cpu}" : ""
      charge_type = "POSTPAID"
    }
  }

  component "Instance, paid in advance" {
    detail   = "${label}, ${memory_mb} MB"
    when     = charge_type == "PREPAID"
    unit     = "months"
    quantity = 1
    price {
      service     = "cdb"
      item        = item
      memory_mb   = memory_mb
      cpu         = more_cores ? "${cpu}" : ""
      charge_type = "PREPAID"
    }
  }

  component "Storage" {
    when     = charge_type == "POSTPAID"
    unit     = "GB"
    quantity = volume_gb
    price {
      service     = "cdb"
      item        = "${item} storage"
      charge_type = "POSTPAID"
      times       = usage.monthly_hrs
    }
  }

  component "Storage, paid in advance" {
    when     = charge_type == "PREPAID"
    unit     = "GB"
    quantity = volume_gb
    price {
      service     = "cdb"
      item        = "${item} storage"
      charge_type = "PREPAID"
    }
  }
}

resource "tencentcloud_mysql_instance" {
  docs = "https://buy.cloud.tencent.com/price/cdb"

  let {
    device = known(self.device_type, "UNIVERSAL")
    three  = known(self.second_slave_zone, "") != ""
    usual  = device == "UNIVERSAL" && !three
    older  = known(self.pay_type, null) == null ? null : ("${self.pay_type}" == "0" ? "PREPAID" : "POSTPAID")
  }

  use "tencentcloud_mysql" {
    when        = usual
    item        = "high availability"
    label       = "two nodes"
    memory_mb   = self.mem_size
    cpu         = known(self.cpu, null)
    volume_gb   = self.volume_size
    charge_type = coalesce(known(self.charge_type, null), older)
  }

  component "Instance of another kind" {
    detail   = three ? "three nodes, ${self.mem_size} MB" : "${device}, ${self.mem_size} MB"
    when     = !usual
    unit     = "hours"
    quantity = 730
    unpriced = "prices of this kind of MySQL instance"
  }

  example "two nodes" {
    self = {
      instance_name     = "orders"
      mem_size          = 4000
      volume_size       = 200
      availability_zone = "ap-guangzhou-3"
    }
    expect = { "Instance usage" = 730, "Storage" = 200 }
  }
  example "paid in advance" {
    self   = { mem_size = 8000, volume_size = 50, charge_type = "PREPAID" }
    expect = { "Instance, paid in advance" = 1, "Storage, paid in advance" = 50 }
  }
  example "three nodes" {
    self   = { mem_size = 4000, volume_size = 200, second_slave_zone = "ap-guangzhou-4" }
    expect = { "Instance of another kind" = 730 }
  }
}

resource "tencentcloud_mysql_readonly_instance" {
  docs = "https://buy.cloud.tencent.com/price/cdb"

  let {
    older = known(self.pay_type, null) == null ? null : ("${self.pay_type}" == "0" ? "PREPAID" : "POSTPAID")
  }

  use "tencentcloud_mysql" {
    item        = "readonly"
    label       = "read-only"
    memory_mb   = self.mem_size
    cpu         = known(self.cpu, null)
    volume_gb   = self.volume_size
    charge_type = coalesce(known(self.charge_type, null), older)
  }

  example "a read-only instance" {
    self   = { mem_size = 16000, cpu = 8, volume_size = 200, zone = "ap-shanghai-2" }
    expect = { "Instance usage" = 730, "Storage" = 200 }
  }
}
