rule "aws-api-cache-outside-production" {
  title    = "API cache outside production"
  on       = "aws_api_gateway_stage"
  severity = "warning"

  when    = production == false && self.cache_cluster_enabled == true
  instead = { cache_cluster_enabled = false }
  message = "a cache of ${self.cache_cluster_size} GB runs at all hours for an API outside production"

  docs {
    what       = "An API Gateway stage outside production with `cache_cluster_enabled`."
    why        = "The cache is a server charged by the hour for its size, whether requests come or not."
    ignore     = "Where caching is what is tested."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html"
  }
}
