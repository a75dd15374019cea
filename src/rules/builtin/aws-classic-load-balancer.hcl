rule "aws-classic-load-balancer" {
  title    = "Classic load balancer"
  on       = "aws_elb"
  severity = "note"

  when    = true
  message = "a classic load balancer costs more an hour than an application or network load balancer, and can do less"

  docs {
    what       = "A load balancer of the previous generation, `aws_elb`."
    why        = "Its hour costs a tenth more than that of an application or network load balancer in most regions. One of these also replaces several classic ones, since it routes by host name and path."
    ignore     = "Where so little time is left for it that the move is not worth the work. For much data compare first: a classic one charges by the GB, the others by capacity units."
    confidence = "medium"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/migrate-classic-load-balancer.html"
  }
}
