rule "aws-health-check-options-outside-production" {
  title    = "Fast health check outside production"
  on       = "aws_route53_health_check"
  severity = "note"

  let {
    is_fast = self.request_interval == 10
  }

  when = production == false && (is_fast || self.measure_latency == true)
  instead = merge(is_fast ? { request_interval = 30 } : {}, self.measure_latency == true ? { measure_latency = false } : {})
  message = "this health check outside production ${is_fast ? "asks every 10 seconds" : "measures latency"}, an option that costs more than the check"

  docs {
    what       = "A health check that asks every 10 seconds or measures latency, and whose tags, module or project say that it is not production."
    why        = "Each option is charged by the month and costs more than the check itself. Every 30 seconds is often enough where no customer waits."
    ignore     = "Where failover by DNS is tested with the times of production. The interval cannot be changed in place: the check is made anew."
    confidence = "medium"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html"
  }
}
