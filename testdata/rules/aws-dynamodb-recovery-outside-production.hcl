case "on in a sandbox" {
  resource "aws_dynamodb_table" "t" {
    name         = "t"
    billing_mode = "PAY_PER_REQUEST"
    tags         = { environment = "sandbox" }
    point_in_time_recovery {
      enabled = true
    }
  }
  finds = { "aws_dynamodb_table.t" = null }
}

case "off in a sandbox" {
  resource "aws_dynamodb_table" "t" {
    name         = "t"
    billing_mode = "PAY_PER_REQUEST"
    tags         = { environment = "sandbox" }
    point_in_time_recovery {
      enabled = false
    }
  }
  finds = {}
}

case "on in production" {
  resource "aws_dynamodb_table" "t" {
    name         = "t"
    billing_mode = "PAY_PER_REQUEST"
    tags         = { environment = "prod" }
    point_in_time_recovery {
      enabled = true
    }
  }
  finds = {}
}
