rule "google-bucket-short-stay-in-cold-class" {
  title    = "Cold class for objects that are deleted early"
  on       = "google_storage_bucket"
  severity = "warning"

  # Days that a class charges at least, counted from the creation of an object, by its lifecycle too.
  table "least_days" {
    NEARLINE = 30
    COLDLINE = 90
    ARCHIVE  = 365
  }

  let {
    rules = known(self.lifecycle_rule, [])
    # By age alone, so that it is certain when an object goes.
    deletions = [
      for rule in rules : {
        age      = rule.condition[0].age
        prefixes = coalesce(rule.condition[0].matches_prefix, [])
        classes  = coalesce(rule.condition[0].matches_storage_class, [])
      }
      if rule.action[0].type == "Delete" && coalesce(rule.condition[0].age, 0) > 0 && (
        coalesce(rule.condition[0].num_newer_versions, 0) == 0 &&
        coalesce(rule.condition[0].days_since_noncurrent_time, 0) == 0
      )
    ]
    moves = [
      for rule in rules : {
        class    = rule.action[0].storage_class
        age      = coalesce(rule.condition[0].age, 0)
        prefixes = coalesce(rule.condition[0].matches_prefix, [])
      }
      if rule.action[0].type == "SetStorageClass"
    ]
    stays = concat([{ class = coalesce(known(self.storage_class, null), "STANDARD"), age = 0, prefixes = [] }], moves)
    short = flatten([
      for deletion in deletions : [
        for stay in stays : { class = stay.class, age = deletion.age }
        if coalesce(table.least_days[stay.class], 0) > deletion.age && stay.age < deletion.age && (
          length(deletion.classes) == 0 || contains(deletion.classes, stay.class)
          ) && (
          length(deletion.prefixes) == 0 || length(stay.prefixes) == 0 || deletion.prefixes == stay.prefixes
        )
      ]
    ])
  }

  when    = length(short) > 0
  message = "objects are deleted at an age of ${short[0].age} days from ${short[0].class}, which charges for at least ${table.least_days[short[0].class]}"

  docs {
    what       = "A bucket whose lifecycle deletes objects by their age before the least duration of the class is over that they were stored in or moved to."
    why        = "Nearline charges for 30 days, Coldline for 90 and Archive for 365. Who deletes earlier pays the rest at once, and each move to a cold class is an operation with a price of its own."
    ignore     = "Where the cold class for its whole least duration still costs less than Standard for the days that the objects live: Archive for a year costs as much as Standard for three weeks."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://cloud.google.com/storage/docs/storage-classes"
  }
}
