rule "aws-ec2-detailed-monitoring-outside-production" {
  title    = "Detailed monitoring of instances outside production"
  on       = ["aws_instance", "aws_launch_template", "aws_launch_configuration"]
  severity = "note"

  let {
    is_template      = type == "aws_launch_template"
    is_configuration = type == "aws_launch_configuration"
    # Only launch configurations have it on unless told otherwise.
    is_on = is_template ? self.monitoring[0].enabled : (is_configuration ? known(self.enable_monitoring, true) : self.monitoring)
  }

  when = production == false && is_on == true
  instead = is_template ? { monitoring = [{ enabled = false }] } : (
    is_configuration ? { enable_monitoring = false } : { monitoring = false }
  )
  message = "metrics each minute instead of each five are charged for every instance; outside production the free ones mostly do"

  docs {
    what       = "An instance, launch template or launch configuration with detailed monitoring whose tags, module or project say that it is not production."
    why        = "Basic monitoring sends the same metrics every five minutes without charge. Detailed monitoring sends them every minute, and CloudWatch charges each as a metric of one's own."
    ignore     = "Where a group scales by these metrics and has to react within minutes."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-detailed-monitoring.html"
  }
}
