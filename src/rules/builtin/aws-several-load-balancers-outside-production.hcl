rule "aws-several-load-balancers-outside-production" {
  title    = "Several application load balancers outside production"
  on       = ["aws_lb", "aws_alb"]
  severity = "note"

  let {
    all = concat(resources.aws_lb, resources.aws_alb)
    # Those that this one could share with: of the same kind, scheme and region.
    alike = [
      for other in all : other.address
      if known(other.self.load_balancer_type, "application") == "application" && known(other.self.internal, false) == known(self.internal, false) && other.region == region
    ]
  }

  when    = production == false && contains(alike, address) && alike[0] != address
  remove  = true
  message = "${alike[0]} could serve this too, by a rule for its host or path: outside production one load balancer is mostly enough"

  docs {
    what       = "Every application load balancer but the first of the same scheme and region, whose tags, module or project say that it is not production."
    why        = "Each load balancer costs by the hour, and so does each of its public addresses. One takes up to a hundred rules by host name or path, and a certificate for each name."
    ignore     = "Where the load balancers stand in networks that do not reach each other, belong to different teams, or are made the way production has them on purpose."
    confidence = "low"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html"
  }
}
