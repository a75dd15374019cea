include "root" {
  path = find_in_parent_folders("root.hcl")
}

include "envcommon" {
  path           = "${dirname(find_in_parent_folders("root.hcl"))}/_envcommon/db.hcl"
  merge_strategy = "deep"
}

include "region" {
  path           = find_in_parent_folders("region.hcl")
  merge_strategy = "no_merge"
  expose         = true
}

inputs = {
  class    = "db.m5.large"
  multi_az = length(include.region.locals.zones) > 1
}
