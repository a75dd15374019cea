case "a terabyte with few requests" {
  usage = {
    "aws_dynamodb_table.t" = { storage_gb = 1000, monthly_write_request_units = 1000000, monthly_read_request_units = 2000000 }
  }
  resource "aws_dynamodb_table" "t" {
    name         = "t"
    billing_mode = "PAY_PER_REQUEST"
  }
  finds = {
    "aws_dynamodb_table.t" = 1000 * (0.25 - 0.10) - 1000000 * (0.00000078 - 0.000000625) - 2000000 * (0.000000155 - 0.000000125)
  }
}

case "many requests" {
  usage = {
    "aws_dynamodb_table.t" = { storage_gb = 10, monthly_write_request_units = 100000000, monthly_read_request_units = 200000000 }
  }
  resource "aws_dynamodb_table" "t" {
    name         = "t"
    billing_mode = "PAY_PER_REQUEST"
  }
  finds = {}
}

case "nobody said how many requests there are" {
  usage = { "aws_dynamodb_table.t" = { storage_gb = 1000 } }
  resource "aws_dynamodb_table" "t" {
    name         = "t"
    billing_mode = "PAY_PER_REQUEST"
  }
  finds = {}
}
