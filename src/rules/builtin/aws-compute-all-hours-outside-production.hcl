rule "aws-compute-all-hours-outside-production" {
  title    = "Machines that run day and night outside production"
  on       = ["aws_instance", "aws_autoscaling_group"]
  severity = "note"

  let {
    schedules = concat(
      referrers("aws_autoscaling_schedule", "autoscaling_group_name"),
      # Schedules call the stop action of EC2 by an ARN of their own.
      [for schedule in resources.aws_scheduler_schedule : schedule if strcontains(lower(known(schedule.self.target[0].arn, "")), ":ec2:")],
    )
    scheduling_tags = [for name in keys(tags) : name if strcontains(lower(name), "schedule")]
    is_all_month    = coalesce(usage.monthly_hrs, 730) >= 730
    # Five days of twelve hours of a week's 168.
    idle_share = 1 - 60 / 168
  }

  when    = production == false && is_all_month && monthly >= 30 && length(schedules) == 0 && length(scheduling_tags) == 0
  message = "nothing stops this outside of working hours; five days of twelve hours would save up to ${floor(monthly * idle_share)} of ${floor(monthly)} a month"

  docs {
    what       = "An instance or an Auto Scaling group of some cost whose tags, module or project say that it is not production, without a schedule in the plan and without a tag for a scheduler."
    why        = "Of the 168 hours of a week, 60 are five working days of twelve hours. Stopped instances cost nothing an hour; only their volumes and addresses go on."
    ignore     = "Where people work in other time zones, tests run at night, or something outside of the plan stops the machines; the hours in the usage file then say so."
    confidence = "medium"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/solutions/latest/instance-scheduler-on-aws/solution-overview.html"
  }
}
