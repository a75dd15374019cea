# What our contract with Alibaba Cloud says of disks.
template "alicloud_disk" {
  input "size_gb" { type = number }
  input "category" {
    type    = string
    default = "cloud_efficiency"
  }
  input "performance_level" { type = string }

  component "Storage" {
    unit     = "GB"
    quantity = size_gb
    rate {
      price    = 0.15
      currency = "USD"
      source   = "contract"
      as_of    = "2026-11-01"
    }
  }
}
