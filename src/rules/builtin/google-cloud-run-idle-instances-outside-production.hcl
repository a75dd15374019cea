rule "google-cloud-run-idle-instances-outside-production" {
  title    = "Instances that wait at all hours outside production"
  on       = ["google_cloud_run_v2_service", "google_cloud_run_service"]
  severity = "warning"

  let {
    template = known(self.template, [])[0]
    # What the older resource keeps in annotations, of the service or of its revisions.
    service  = try(tonumber(self.metadata[0].annotations["run.googleapis.com/minScale"]), null)
    revision = try(tonumber(template.metadata[0].annotations["autoscaling.knative.dev/minScale"]), null)
    waiting = max(
      coalesce(known(known(self.scaling, [])[0].min_instance_count, null), 0),
      coalesce(known(known(self.scaling, [])[0].manual_instance_count, null), 0),
      coalesce(known(known(template.scaling, [])[0].min_instance_count, null), 0),
      coalesce(service, 0),
      coalesce(revision, 0),
    )
  }

  when    = production == false && waiting > 0
  message = "this service outside production keeps instances at all hours (${waiting}), which are charged while they wait; the price here is without that"

  docs {
    what       = "A Cloud Run service with a least or a fixed count of instances above zero, whose labels, module or project say that it is not production."
    why        = "An instance kept is charged for all 2.6 million seconds of a month, for its memory in full and for its vCPUs at the idle price, or in full where CPU is always allocated. Without a least count a service nobody calls costs nothing."
    ignore     = "Where a start from nothing takes too long for the tests, or where work goes on between requests."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://cloud.google.com/run/docs/configuring/min-instances"
  }
}
