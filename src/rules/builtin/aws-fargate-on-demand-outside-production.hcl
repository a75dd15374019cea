rule "aws-fargate-on-demand-outside-production" {
  title    = "Fargate service on demand outside production"
  on       = "aws_ecs_service"
  severity = "note"

  let {
    strategies = coalesce(known(self.capacity_provider_strategy, null), [])
    providers  = [for strategy in strategies : strategy.capacity_provider]
    is_fargate = self.launch_type == "FARGATE" || contains(providers, "FARGATE")
    is_spot    = contains(providers, "FARGATE_SPOT")
    task       = ref("task_definition", "aws_ecs_task_definition")
    platform   = known(task.runtime_platform, [])[0]
    # Fargate Spot has no Windows.
    is_windows = startswith(coalesce(platform.operating_system_family, "LINUX"), "WINDOWS")
  }

  when = production == false && is_fargate && !is_spot && !is_windows
  instead = {
    launch_type                = null
    capacity_provider_strategy = [{ capacity_provider = "FARGATE_SPOT", weight = 1, base = 0 }]
  }
  message = "the tasks of this service outside production run on demand; Fargate Spot costs a fraction of it"

  docs {
    what       = "An ECS service on Fargate without Fargate Spot, whose tags, module or project say that it is not production."
    why        = "Fargate Spot costs up to 70 percent less. AWS stops a task with two minutes' notice when it needs the capacity, and ECS starts another."
    ignore     = "Where a test must not be interrupted. The cluster needs the capacity providers FARGATE and FARGATE_SPOT, and the service is replaced if it had a launch type. The price of spot changes with time: the figure is the one in the price book."
    confidence = "medium"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html"
  }
}
