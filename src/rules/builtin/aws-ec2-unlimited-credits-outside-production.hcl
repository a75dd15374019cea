rule "aws-ec2-unlimited-credits-outside-production" {
  title    = "Unlimited CPU credits outside production"
  on       = ["aws_instance", "aws_launch_template"]
  severity = "note"

  let {
    family   = split(".", self.instance_type)[0]
    credits  = known(self.credit_specification, [])[0].cpu_credits
    # T3 and later spend beyond their credits unless told otherwise; T2 only when told so.
    spending = coalesce(credits, contains(["t3", "t3a", "t4g"], family) ? "unlimited" : "standard")
  }

  when    = production == false && contains(["t2", "t3", "t3a", "t4g"], family) && spending == "unlimited"
  instead = { credit_specification = [{ cpu_credits = "standard" }] }
  message = "${self.instance_type} may spend CPU credits without a limit, and each vCPU hour beyond those it earns is charged"

  docs {
    what       = "An instance or a launch template of a burstable type that is unlimited, as T3, T3a and T4g are where nothing else is said, and whose tags, module or project say that it is not production."
    why        = "A process that runs wild costs money by the vCPU hour until somebody sees it. With `standard` the instance falls back to its baseline when its credits are spent."
    ignore     = "Where builds or tests need the processor longer than the credits last; a type that is not burstable may then cost less."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances-unlimited-mode.html"
  }
}
