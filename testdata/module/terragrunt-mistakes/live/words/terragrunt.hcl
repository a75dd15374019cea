include "root" {
  path           = "../root.hcl"
  merge_strategy = "deeply"
}
