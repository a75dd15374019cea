rule "aws-secret-replicas-outside-production" {
  title    = "Replicated secret outside production"
  on       = "aws_secretsmanager_secret"
  severity = "warning"

  when    = production == false && length(known(self.replica, [])) > 0
  instead = { replica = [] }
  message = "this secret outside production is copied to ${length(self.replica)} more regions, each charged as a secret"

  docs {
    what       = "A Secrets Manager secret with replicas outside production."
    why        = "Each replica is charged like a secret of its own."
    ignore     = "Where a test environment runs in those regions."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html"
  }
}
