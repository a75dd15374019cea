case "a hundred units for a few million requests" {
  region = "us-east-2"
  usage  = { "aws_dynamodb_table.t" = { monthly_write_request_units = 1000000, monthly_read_request_units = 5000000 } }
  resource "aws_dynamodb_table" "t" {
    name           = "t"
    billing_mode   = "PROVISIONED"
    read_capacity  = 100
    write_capacity = 100
  }
  finds = {
    "aws_dynamodb_table.t" = 100 * 730 * (0.00065 + 0.00013) - 1000000 * 0.000000625 - 5000000 * 0.000000125
  }
}

case "capacity that is used" {
  region = "us-east-2"
  usage  = { "aws_dynamodb_table.t" = { monthly_write_request_units = 200000000, monthly_read_request_units = 200000000 } }
  resource "aws_dynamodb_table" "t" {
    name           = "t"
    read_capacity  = 100
    write_capacity = 100
  }
  finds = {}
}

case "nobody said how many requests there are" {
  region = "us-east-2"
  resource "aws_dynamodb_table" "t" {
    name           = "t"
    read_capacity  = 100
    write_capacity = 100
  }
  finds = {}
}
