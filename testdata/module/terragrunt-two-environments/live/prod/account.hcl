locals {
  account_name = "prod"
  account_id   = "111111111111"
}
