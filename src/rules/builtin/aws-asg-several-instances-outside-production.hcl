rule "aws-asg-several-instances-outside-production" {
  title    = "Auto Scaling group of several instances outside production"
  on       = "aws_autoscaling_group"
  severity = "note"

  let {
    least = tonumber(self.min_size)
  }

  # With weights the capacity counts other things than instances.
  when = production == false && least > 1 && length(coalesce(known(self.mixed_instances_policy, null), [])) == 0
  instead = { min_size = 1, desired_capacity = 1 }
  message = "this group outside production keeps at least ${least} instances running; one is mostly enough"

  docs {
    what       = "An Auto Scaling group with a `min_size` above 1 whose tags, module or project say that it is not production."
    why        = "The least size is paid for at all hours. Several instances keep a service up when one fails, which a test environment seldom needs; the group replaces a failed one within minutes and still grows under load."
    ignore     = "Where several members belong to what is tested, as in a cluster with a quorum or a rolling deployment."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html"
  }
}
