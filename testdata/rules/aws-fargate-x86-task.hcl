case "a service runs two of them" {
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
  }
  finds = { "aws_ecs_task_definition.api" = 2 * 730 * (0.04048 - 0.03238 + 2 * (0.004445 - 0.00356)) }
}

case "ARM64 already" {
  resource "aws_ecs_task_definition" "api" {
    family                   = "api"
    requires_compatibilities = ["FARGATE"]
    cpu                      = "1024"
    memory                   = "2048"
    runtime_platform {
      cpu_architecture = "ARM64"
    }
  }
  finds = {}
}

case "Windows" {
  resource "aws_ecs_task_definition" "api" {
    family                   = "api"
    requires_compatibilities = ["FARGATE"]
    cpu                      = "1024"
    memory                   = "2048"
    runtime_platform {
      cpu_architecture        = "X86_64"
      operating_system_family = "WINDOWS_SERVER_2022_CORE"
    }
  }
  finds = {}
}

case "on instances" {
  resource "aws_ecs_task_definition" "api" {
    family                   = "api"
    requires_compatibilities = ["EC2"]
  }
  finds = {}
}
