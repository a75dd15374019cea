workload "aws_instance" {
  concept   = "vm"
  wants     = "machine"
  size      = self.instnace_type
  memory    = 4
  hours     = usage.monthly_hours
  vcpu      = null
}

offer "misspelt" {
  concept  = "machine"
  provider = "aws"
  type     = "aws_instance"
  for_each = { small = { vcpu = 2 } }
  size     = each.key
  vcpu     = each.value.vcpus
  self     = { instance_type = "m5.large" }
}

offer "unknown_attribute" {
  concept  = "machine"
  provider = "aws"
  type     = "aws_instance"
  size     = "m5.large"
  self     = { instance_typ = "m5.large" }
  losess   = []
}
