rule "aws-fargate-x86-task" {
  title    = "Fargate task on x86"
  on       = "aws_ecs_task_definition"
  severity = "note"

  let {
    platform     = known(self.runtime_platform, [])[0]
    architecture = coalesce(platform.cpu_architecture, "X86_64")
    system       = coalesce(platform.operating_system_family, "LINUX")
  }

  when    = contains(coalesce(self.requires_compatibilities, []), "FARGATE") && architecture == "X86_64" && system == "LINUX"
  instead = { runtime_platform = [{ cpu_architecture = "ARM64", operating_system_family = "LINUX" }] }
  message = "this task runs on x86; on ARM64 its vCPUs and memory cost a fifth less"

  docs {
    what       = "A task definition for Fargate on Linux with `cpu_architecture = \"X86_64\"`, or none."
    why        = "On Graviton a vCPU hour and a GB hour cost a fifth less. Most public images exist for arm64 too, and one's own are built for both with one more option."
    ignore     = "Where an image or a sidecar has no build for arm64."
    confidence = "medium"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html"
  }
}
