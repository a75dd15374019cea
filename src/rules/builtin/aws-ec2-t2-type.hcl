rule "aws-ec2-t2-type" {
  title    = "T2 instance that T3 gives for less"
  on       = ["aws_instance", "aws_launch_template"]
  severity = "warning"

  let {
    parts = split(".", self.instance_type)
    # T3 spends beyond its credits unless told otherwise; T2 does so only when told.
    credits = coalesce(known(self.credit_specification, [])[0].cpu_credits, "standard")
    twin    = "t3.${parts[1]}"
  }

  when    = parts[0] == "t2"
  instead = { instance_type = twin, credit_specification = [{ cpu_credits = credits }] }
  message = "${twin} has at least as many vCPUs as ${self.instance_type}, as much memory, and costs less"

  docs {
    what       = "An instance or a launch template with a T2 type."
    why        = "T3 costs about a tenth less an hour than T2, has two vCPUs from the smallest size on, and earns credits as fast or faster. The credit specification is carried over, so that T3 does not begin to charge for surplus credits."
    ignore     = "Where the image has no drivers for ENA and NVMe, or has 32 bits."
    confidence = "high"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html"
  }
}
