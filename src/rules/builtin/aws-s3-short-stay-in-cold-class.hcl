rule "aws-s3-short-stay-in-cold-class" {
  title    = "Lifecycle that moves objects to a class shortly before they expire"
  on       = "aws_s3_bucket_lifecycle_configuration"
  severity = "warning"

  # Days that a class charges at least.
  table "least_days" {
    STANDARD_IA  = 30
    ONEZONE_IA   = 30
    GLACIER_IR   = 90
    GLACIER      = 90
    DEEP_ARCHIVE = 180
  }

  let {
    ending = [for rule in self.rule : rule if rule.status == "Enabled" && coalesce(rule.expiration[0].days, 0) > 0]
    moves = flatten([
      for rule in ending : [
        for transition in coalesce(rule.transition, []) : {
          class = transition.storage_class
          stay  = rule.expiration[0].days - coalesce(transition.days, 0)
        }
      ]
    ])
    short = [for move in moves : move if coalesce(table.least_days[move.class], 0) > move.stay]
  }

  when    = length(short) > 0
  message = "objects expire ${short[0].stay} days after they move to ${short[0].class}, which charges at least ${table.least_days[short[0].class]}"

  docs {
    what       = "A lifecycle rule that moves objects to an infrequent-access or Glacier class and lets them expire before the class's least duration is over."
    why        = "The cold classes charge a fee for every object moved in, and the rest of the least duration when it is deleted earlier. Such a move often costs more than it saves."
    ignore     = "Where the objects are so large and the move so early that the lower price outweighs both."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html"
  }
}
