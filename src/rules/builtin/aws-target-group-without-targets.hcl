rule "aws-target-group-without-targets" {
  title    = "Target group that nothing registers with"
  on       = ["aws_lb_target_group", "aws_alb_target_group"]
  severity = "note"

  let {
    registered = concat(
      referrers("aws_lb_target_group_attachment", "target_group_arn"),
      referrers("aws_alb_target_group_attachment", "target_group_arn"),
      referrers("aws_autoscaling_attachment", "lb_target_group_arn"),
      referrers("aws_autoscaling_group", "target_group_arns"),
      referrers("aws_autoscaling_traffic_source_attachment", "traffic_source.identifier"),
      referrers("aws_autoscaling_group", "traffic_source.identifier"),
      referrers("aws_ecs_service", "load_balancer.target_group_arn"),
    )
    # A listener in the plan makes it this load balancer's to carry.
    listened = concat(
      referrers("aws_lb_listener", "default_action.target_group_arn"),
      referrers("aws_alb_listener", "default_action.target_group_arn"),
    )
  }

  when    = length(listened) > 0 && length(registered) == 0
  always  = true
  message = "a listener forwards to this target group, and nothing in the plan registers with it: the load balancer is paid for and serves nothing"

  docs {
    what       = "A target group that a listener forwards to, without an attachment, a group of machines or a service that registers with it."
    why        = "The load balancer before it costs by the hour and answers every request with an error."
    ignore     = "Where a controller of a cluster, a deployment tool or another state registers the targets."
    confidence = "low"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html"
  }
}
