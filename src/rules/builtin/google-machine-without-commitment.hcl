rule "google-machine-without-commitment" {
  title    = "Large machine on demand all month"
  on       = "google_compute_instance"
  severity = "note"

  let {
    scheduling = known(self.scheduling, [])[0]
    is_spot    = known(scheduling.preemptible, false) == true || known(scheduling.provisioning_model, "STANDARD") != "STANDARD"
    # A plan that buys commitments knows of them.
    bought     = length(resources.google_compute_region_commitment) > 0
  }

  when    = coalesce(production, true) && !is_spot && !bought && usage.monthly_hrs >= 730 && monthly >= 250
  message = "this ${reverse(split("/", self.machine_type))[0]} runs on demand all month for ${floor(monthly)}; a commitment for a year or three would lower its price"

  docs {
    what       = "A machine for 250 or more a month that runs at all hours, is no Spot VM and not outside production, in a plan without commitments."
    why        = "For the promise of a steady use committed-use discounts take 28 to 37 % off the general-purpose series for one year and 46 to 55 % for three, more than the sustained-use discount that some series earn by themselves and that they replace."
    ignore     = "Where a billing account's commitments cover it already; a discount in lepton.hcl says so. Choose size and series first: a commitment to resources binds to what runs then, a flexible one only to the spend."
    confidence = "low"
    effort     = "medium"
    restart    = false
    rollback   = false
    url        = "https://cloud.google.com/compute/docs/instances/committed-use-discounts-overview"
  }
}
