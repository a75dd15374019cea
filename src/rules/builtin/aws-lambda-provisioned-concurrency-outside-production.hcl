rule "aws-lambda-provisioned-concurrency-outside-production" {
  title    = "Provisioned concurrency outside production"
  on       = "aws_lambda_provisioned_concurrency_config"
  severity = "warning"

  when    = production == false
  remove  = true
  message = "${self.provisioned_concurrent_executions} instances of this function outside production are kept warm around the clock"

  docs {
    what       = "A provisioned concurrency of a Lambda function whose module or project says that it is not production."
    why        = "Provisioned concurrency costs by the second for as long as it is configured, whether requests come or not. Without it the first request after a pause is slower."
    ignore     = "Where latency is measured. Its requests cost less for their duration than those without, so that a function busy around the clock may save by it."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html"
  }
}
