case "two tasks in development" {
  resource "aws_ecs_task_definition" "api" {
    family                   = "api"
    requires_compatibilities = ["FARGATE"]
    cpu                      = "1024"
    memory                   = "2048"
  }
  resource "aws_ecs_service" "api" {
    name            = "api"
    launch_type     = "FARGATE"
    desired_count   = 2
    task_definition = aws_ecs_task_definition.api.arn
    tags            = { Environment = "dev" }
  }
  finds = { "aws_ecs_service.api" = 2 * 730 * (0.04048 - 0.01264355 + 2 * (0.004445 - 0.00138835)) }
}

case "spot already" {
  resource "aws_ecs_service" "api" {
    name          = "api"
    desired_count = 2
    capacity_provider_strategy {
      capacity_provider = "FARGATE_SPOT"
      weight            = 1
    }
    tags = { Environment = "dev" }
  }
  finds = {}
}

case "production" {
  resource "aws_ecs_service" "api" {
    name          = "api"
    launch_type   = "FARGATE"
    desired_count = 2
    tags          = { Environment = "prod" }
  }
  finds = {}
}

case "on instances" {
  resource "aws_ecs_service" "api" {
    name          = "api"
    launch_type   = "EC2"
    desired_count = 2
    tags          = { Environment = "dev" }
  }
  finds = {}
}
