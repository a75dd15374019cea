rule "aws-secret-without-rotation" {
  title    = "Secret that a free parameter could hold"
  on       = "aws_secretsmanager_secret"
  severity = "note"

  let {
    rotations = length(referrers("aws_secretsmanager_secret_rotation", "secret_id"))
    policies  = length(referrers("aws_secretsmanager_secret_policy", "secret_arn"))
    replicas  = length(known(self.replica, []))
  }

  when = rotations == 0 && policies == 0 && replicas == 0 && (
    known(self.rotation_lambda_arn, null) == null && known(self.policy, null) == null
  )
  message = "this secret is not rotated, replicated or shared; a SecureString parameter of Systems Manager would hold it without a monthly charge"

  docs {
    what       = "A Secrets Manager secret without rotation, replicas and a policy of its own."
    why        = "Secrets Manager charges each secret by the month for what it does beyond keeping it: rotation, copies in other regions, access from other accounts. Standard parameters of Systems Manager are encrypted too, and free up to 4 KB."
    ignore     = "Where rotation is set up elsewhere, RDS or another service manages the secret, or the value is larger than 4 KB. Parameters are limited to fewer requests a second."
    confidence = "low"
    effort     = "medium"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html"
  }
}
