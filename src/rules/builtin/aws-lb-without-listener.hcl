rule "aws-lb-without-listener" {
  title    = "Load balancer without a listener"
  on       = ["aws_lb", "aws_alb"]
  severity = "warning"

  let {
    listeners = concat(
      referrers("aws_lb_listener", "load_balancer_arn"),
      referrers("aws_alb_listener", "load_balancer_arn"),
      # An endpoint service hands on to its load balancer, and an accelerator sends to it.
      referrers("aws_vpc_endpoint_service", "gateway_load_balancer_arns"),
      referrers("aws_globalaccelerator_endpoint_group", "endpoint_configuration.endpoint_id"),
    )
  }

  when    = length(listeners) == 0
  remove  = true
  message = "no listener in the plan belongs to this load balancer, and without one it serves nothing"

  docs {
    what       = "An application, network or gateway load balancer to which no listener in the plan refers."
    why        = "A load balancer costs by the hour from its creation on, and so does each of its public addresses. Without a listener it accepts no connection."
    ignore     = "Where another state or a deployment tool adds the listeners."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html"
  }
}
