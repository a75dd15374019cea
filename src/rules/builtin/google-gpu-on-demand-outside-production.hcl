rule "google-gpu-on-demand-outside-production" {
  title    = "GPU at the on-demand price outside production"
  on       = "google_compute_instance"
  severity = "warning"

  let {
    scheduling = known(self.scheduling, [])[0]
    is_spot    = known(scheduling.preemptible, false) == true || contains(["SPOT", "FLEX_START"], coalesce(known(scheduling.provisioning_model, null), "-"))
    machine    = reverse(split("/", self.machine_type))[0]
    # These series have their GPUs in their own price.
    is_gpu     = length(known(self.guest_accelerator, [])) > 0 || can(regex("^(a2|a3|a4|g2|g4)-", machine))
  }

  when = production == false && is_gpu && !is_spot
  instead = {
    scheduling = [{
      provisioning_model  = "SPOT"
      preemptible         = true
      automatic_restart   = false
      on_host_maintenance = "TERMINATE"
    }]
  }
  message = "this ${machine} with GPUs outside production runs on demand; a Spot VM has the same GPUs for much less"

  docs {
    what       = "A machine with GPUs, by its series or by `guest_accelerator`, that is no Spot VM, and whose labels, module or project say that it is not production."
    why        = "GPUs are what costs most by the hour, and experiments can start again from a checkpoint. Spot VMs of the GPU series cost 40 % less and more."
    ignore     = "Where work of many hours cannot be continued, or where people sit at the machine. Then stop it at night: a schedule takes two thirds off as well."
    confidence = "medium"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://cloud.google.com/compute/docs/instances/spot"
  }
}
