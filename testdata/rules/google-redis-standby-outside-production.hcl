case "8 GB in development" {
  resource "google_redis_instance" "cache" {
    name           = "cache"
    tier           = "STANDARD_HA"
    memory_size_gb = 8
    region         = "us-central1"
    labels         = { environment = "development" }
  }
  finds = { "google_redis_instance.cache" = 8 * 730 * (0.054 - 0.027) }
}

case "with read replicas, which the basic tier lacks" {
  project = "shop-test"
  resource "google_redis_instance" "cache" {
    name               = "cache"
    tier               = "STANDARD_HA"
    memory_size_gb     = 5
    replica_count      = 1
    read_replicas_mode = "READ_REPLICAS_ENABLED"
    region             = "us-central1"
  }
  finds = { "google_redis_instance.cache" = 5 * 730 * (0.054 - 0.027) }
}

case "basic, and in production" {
  resource "google_redis_instance" "basic" {
    name           = "basic"
    memory_size_gb = 8
    region         = "us-central1"
    labels         = { environment = "development" }
  }
  resource "google_redis_instance" "production" {
    name           = "production"
    tier           = "STANDARD_HA"
    memory_size_gb = 8
    region         = "us-central1"
    labels         = { environment = "production" }
  }
  finds = {}
}
