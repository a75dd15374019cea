case "a value that is only kept" {
  resource "aws_secretsmanager_secret" "s" {
    name = "s"
  }
  finds = { "aws_secretsmanager_secret.s" = null }
}

case "rotated" {
  resource "aws_secretsmanager_secret" "s" {
    name = "s"
  }
  resource "aws_secretsmanager_secret_rotation" "s" {
    secret_id           = aws_secretsmanager_secret.s.id
    rotation_lambda_arn = "arn:aws:lambda:us-east-1:123456789012:function:rotate"
  }
  finds = {}
}

case "replicated" {
  resource "aws_secretsmanager_secret" "s" {
    name = "s"
    replica {
      region = "eu-west-1"
    }
  }
  finds = {}
}
