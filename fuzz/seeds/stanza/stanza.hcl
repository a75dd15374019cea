resource "aws_fuzzed" {
  docs = "https://example.com/"
  usage {
    gb = null
  }
  let {
    size = coalesce(self.size, 8)
  }
  use "t" {
    n = size
  }
  part "disk" {
    for_each = { for k, v in self.disks : k => v if v != null }
    times    = 2
    component "Space" {
      unit     = "GB"
      quantity = each.value * 730
      detail   = "${each.key} ${table.t["a"]}"
      rate {
        price    = 0.25
        currency = "USD"
        source   = "https://example.com/"
        as_of    = "2026-07-01"
      }
    }
  }
  component "NAT" {
    unit     = "1M requests"
    per      = 1000000
    quantity = usage.gb
    when     = ref("subnet_id").a == null || length(referrers("aws_x", "y")) > 0
    optional = true
    discount = 0.1
    price {
      service    = "AmazonEC2"
      usage_type = "NatGateway-Bytes"
      operation  = "NatGateway"
    }
  }
  example "idle" {
    self   = { size = 1, disks = { a = 3 } }
    expect = { "Other" = 1, "disk[\"a\"]/Space" = 4380 }
  }
}
template "t" {
  input "n" {
    type    = number
    default = 8
  }
  component "Other" {
    unit     = "hours"
    quantity = n
    unpriced = "prices"
  }
}
table "t" {
  rows = { a = 1, b = try(regex("a+", "b"), format("%05.2f", 3)) }
}
