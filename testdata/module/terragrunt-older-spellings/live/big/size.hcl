locals {
  type = "m5.large"
}
