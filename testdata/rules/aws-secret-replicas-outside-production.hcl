case "two copies in staging" {
  resource "aws_secretsmanager_secret" "s" {
    name = "s"
    tags = { env = "staging" }
    replica {
      region = "eu-west-1"
    }
    replica {
      region = "eu-west-2"
    }
  }
  finds = { "aws_secretsmanager_secret.s" = 2 * 0.40 }
}

case "none" {
  resource "aws_secretsmanager_secret" "s" {
    name = "s"
    tags = { env = "staging" }
  }
  finds = {}
}
