case "300 units at all hours" {
  resource "aws_dynamodb_table" "t" {
    name           = "t"
    read_capacity  = 200
    write_capacity = 100
  }
  finds = { "aws_dynamodb_table.t" = null }
}

case "autoscaled" {
  resource "aws_dynamodb_table" "t" {
    name           = "t"
    read_capacity  = 200
    write_capacity = 100
  }
  resource "aws_appautoscaling_target" "read" {
    resource_id        = aws_dynamodb_table.t.name
    scalable_dimension = "dynamodb:table:ReadCapacityUnits"
    service_namespace  = "dynamodb"
    min_capacity       = 10
    max_capacity       = 200
  }
  finds = {}
}

case "on demand" {
  resource "aws_dynamodb_table" "t" {
    name         = "t"
    billing_mode = "PAY_PER_REQUEST"
  }
  finds = {}
}

case "within the free tier" {
  resource "aws_dynamodb_table" "t" {
    name           = "t"
    read_capacity  = 25
    write_capacity = 25
  }
  finds = {}
}
