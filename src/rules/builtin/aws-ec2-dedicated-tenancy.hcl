rule "aws-ec2-dedicated-tenancy" {
  title    = "Dedicated tenancy"
  on       = ["aws_instance", "aws_launch_template", "aws_launch_configuration"]
  severity = "warning"

  let {
    is_template      = type == "aws_launch_template"
    is_configuration = type == "aws_launch_configuration"
    tenancy          = is_template ? self.placement[0].tenancy : (is_configuration ? self.placement_tenancy : self.tenancy)
  }

  when = tenancy == "dedicated"
  instead = is_template ? { placement = [{ tenancy = "default" }] } : (
    is_configuration ? { placement_tenancy = "default" } : { tenancy = "default" }
  )
  message = "this machine asks for hardware that no other account uses, which costs more an hour, and 2 USD an hour in the region besides"

  docs {
    what       = "An instance, launch template or launch configuration with the tenancy `dedicated`."
    why        = "Dedicated instances cost more an hour than shared ones, and an account pays a fee of 2 USD for each hour and region in which at least one runs, about 1,460 USD a month. On Nitro accounts are separated from each other by hardware without it."
    ignore     = "Where a contract, a licence or a rule of compliance asks for hardware of one's own. For licences by socket or core, dedicated hosts are what is meant."
    confidence = "medium"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-instance.html"
  }
}
