rule "aws-lambda-x86" {
  title    = "Lambda function on x86"
  on       = "aws_lambda_function"
  severity = "note"

  # Runtimes that Lambda has for arm64 too.
  table "runtimes" {
    arm64 = [
      "nodejs18.x", "nodejs20.x", "nodejs22.x", "nodejs24.x",
      "python3.8", "python3.9", "python3.10", "python3.11", "python3.12", "python3.13", "python3.14",
      "java8.al2", "java11", "java17", "java21", "java25",
      "dotnet6", "dotnet8", "dotnet10", "ruby3.2", "ruby3.3", "ruby3.4", "provided.al2", "provided.al2023",
    ]
  }

  let {
    architectures = known(self.architectures, ["x86_64"])
    is_image      = self.package_type == "Image"
    # At the edge functions run on x86 only.
    at_the_edge = concat(
      referrers("aws_cloudfront_distribution", "default_cache_behavior.lambda_function_association.lambda_arn"),
      referrers("aws_cloudfront_distribution", "ordered_cache_behavior.lambda_function_association.lambda_arn"),
    )
  }

  when    = !contains(architectures, "arm64") && length(at_the_edge) == 0 && (is_image || contains(table.runtimes.arm64, self.runtime))
  instead = { architectures = ["arm64"] }
  message = "this function runs on x86_64; on arm64 a GB-second costs a fifth less"

  docs {
    what       = "A Lambda function with `architectures = [\"x86_64\"]`, or none, from a container image or of a runtime that Lambda has for arm64 too."
    why        = "On Graviton the duration costs a fifth less, provisioned concurrency too. Functions in Python, JavaScript, Java, .NET or Ruby mostly run as they are."
    ignore     = "Functions with native libraries, layers or extensions that have no build for arm64, and images built for x86 only."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html"
  }
}
