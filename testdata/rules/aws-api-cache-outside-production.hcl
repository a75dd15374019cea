case "half a GB for tests" {
  resource "aws_api_gateway_stage" "test" {
    stage_name            = "test"
    rest_api_id           = "api"
    cache_cluster_enabled = true
    cache_cluster_size    = "0.5"
    tags                  = { environment = "test" }
  }
  finds = { "aws_api_gateway_stage.test" = 730 * 0.02 }
}

case "no cache" {
  resource "aws_api_gateway_stage" "test" {
    stage_name  = "test"
    rest_api_id = "api"
    tags        = { environment = "test" }
  }
  finds = {}
}

case "production" {
  resource "aws_api_gateway_stage" "live" {
    stage_name            = "live"
    rest_api_id           = "api"
    cache_cluster_enabled = true
    cache_cluster_size    = "0.5"
    tags                  = { environment = "production" }
  }
  finds = {}
}
