rule "google-bucket-without-lifecycle" {
  title    = "Bucket without a lifecycle"
  on       = "google_storage_bucket"
  severity = "note"

  when    = length(known(self.lifecycle_rule, [])) == 0 && known(self.autoclass, [])[0].enabled != true
  message = "nothing in this bucket ever expires or moves to a cheaper class: it has neither a lifecycle rule nor Autoclass"

  docs {
    what       = "A bucket without `lifecycle_rule` and without Autoclass."
    why        = "What is stored stays in the class of its upload and is paid for every month until somebody deletes it. Nearline stores a GB for half, Coldline for a fifth and Archive for a sixteenth of the price of Standard; logs, build results and copies are seldom read after weeks."
    ignore     = "Where all objects are read often or are few. Autoclass suits where nobody knows how often they are read: it has a fee for every object, and none for retrieval."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://cloud.google.com/storage/docs/lifecycle"
  }
}
