rule "running-all-hours-outside-production" {
  title = "Machine outside production that runs at night"
  on = [
    "azurerm_linux_virtual_machine",
    "azurerm_windows_virtual_machine",
    "google_compute_instance",
  ]
  severity = "note"

  let {
    # What stops a machine on time: a schedule of its own, or a tag that a scheduler goes by.
    schedules = concat(
      known(self.resource_policies, []),
      # A policy of the plan may place the machine instead.
      [for policy in refs("resource_policies") : policy if length(known(policy.instance_schedule_policy, [])) > 0],
      referrers("google_compute_resource_policy_attachment", "instance"),
      referrers("azurerm_dev_test_global_vm_shutdown_schedule", "virtual_machine_id"),
      [for name, value in tags : name if can(regex("schedule|shutdown|stop|uptime|working", lower(name)))],
    )
    is_spot = (
      self.priority == "Spot" || known(self.scheduling, [])[0].preemptible == true || known(self.scheduling, [])[0].provisioning_model == "SPOT"
    )
  }

  when = production == false && coalesce(usage.monthly_hrs, 730) >= 730 && (
    monthly >= 50 && length(schedules) == 0 && coalesce(is_spot, false) == false
  )
  message = "this machine outside production costs ${floor(monthly)} a month around the clock; stopped at nights and weekends, it would run a good third of the hours"

  docs {
    what       = "A machine for 50 or more a month whose tags, module or project say that it is not production, with neither a schedule that stops it in the plan, nor a tag that names one, nor fewer hours in the usage file."
    why        = "A week has 168 hours, and a team works for 50 or 60 of them. A stopped machine costs its disks and addresses alone."
    ignore     = "Where tests run at night, where people work around the globe, or where a scheduler outside of the plan stops it: then give its hours as `monthly_hrs` in the usage file, and the estimate is right too."
    confidence = "medium"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://cloud.google.com/compute/docs/instances/schedule-instance-start-stop"
  }
}
