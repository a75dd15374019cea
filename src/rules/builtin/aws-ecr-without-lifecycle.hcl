rule "aws-ecr-without-lifecycle" {
  title    = "Image repository that keeps every image"
  on       = "aws_ecr_repository"
  severity = "warning"

  when    = length(referrers("aws_ecr_lifecycle_policy", "repository")) == 0
  message = "every image pushed here is stored and charged for ever: no lifecycle policy refers to the repository"

  docs {
    what       = "An ECR repository that no `aws_ecr_lifecycle_policy` of the plan refers to."
    why        = "Each build pushes an image, and each is charged by the GB and month. Only the last ones are ever pulled again."
    ignore     = "Where images are pushed seldom, or the policy is kept elsewhere. Keep as many as rollbacks and running tasks need."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html"
  }
}
