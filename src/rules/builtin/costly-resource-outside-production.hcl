rule "costly-resource-outside-production" {
  title    = "Costly resource outside production"
  on       = "*"
  severity = "note"

  when    = production == false && monthly >= 1000
  message = "this ${type} outside production costs ${floor(monthly)} a month; does it need the size of production?"

  docs {
    what       = "Any resource for 1,000 or more a month whose tags, module or project say that it is not production."
    why        = "Environments for tests are often made by copying production with its sizes, counts and replicas, though a few people use them for some hours. A single resource of this price is worth a question in the review."
    ignore     = "Where load, failover or migrations are tested at the size of production. Then end it by a date."
    confidence = "low"
    effort     = "medium"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/cost_type_size_number_resources_cost_modeling.html"
  }
}
