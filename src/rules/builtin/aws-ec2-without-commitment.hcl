rule "aws-ec2-without-commitment" {
  title    = "Large instance on demand all month"
  on       = "aws_instance"
  severity = "note"

  let {
    market       = known(self.instance_market_options, [])[0].market_type
    is_all_month = usage.monthly_hrs >= 730 && usage.reserved_instance_term == null
  }

  when    = coalesce(production, true) && market != "spot" && self.tenancy != "host" && is_all_month && monthly >= 250
  message = "this instance runs on demand all month for ${floor(monthly)}; a commitment for a year or three would lower its price"

  docs {
    what       = "An on-demand instance for 250 or more a month that runs at all hours, is not outside production, and for which the usage file names no reserved instance."
    why        = "For the promise of a steady use for one or three years, savings plans and reserved instances take a quarter to two thirds off the price of on-demand hours. The list price is the price for those who promise nothing."
    ignore     = "Where savings plans or reserved instances cover it already: a discount in lepton.hcl or a term in the usage file says so. Choose size and processor first; a commitment binds to what runs then."
    confidence = "low"
    effort     = "medium"
    restart    = false
    rollback   = false
    url        = "https://docs.aws.amazon.com/savingsplans/latest/userguide/what-is-savings-plans.html"
  }
}
