case "no policy" {
  resource "aws_ecr_repository" "r" {
    name = "r"
  }
  finds = { "aws_ecr_repository.r" = null }
}

case "a policy" {
  resource "aws_ecr_repository" "r" {
    name = "r"
  }
  resource "aws_ecr_lifecycle_policy" "r" {
    repository = aws_ecr_repository.r.name
    policy     = "{}"
  }
  finds = {}
}
