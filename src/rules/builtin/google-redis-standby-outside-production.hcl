rule "google-redis-standby-outside-production" {
  title    = "Replica of a cache outside production"
  on       = "google_redis_instance"
  severity = "warning"

  when = production == false && self.tier == "STANDARD_HA"
  instead = merge(
    { tier = "BASIC" },
    # Neither goes with the basic tier.
    known(self.replica_count, null) == null ? {} : { replica_count = null },
    known(self.read_replicas_mode, null) == null ? {} : { read_replicas_mode = null },
  )
  message = "this cache of ${self.memory_size_gb} GB outside production is STANDARD_HA: it pays for a replica that takes over when the first node fails"

  docs {
    what       = "A Memorystore for Redis instance of the tier STANDARD_HA whose labels, module or project say that it is not production."
    why        = "The tier keeps a replica in a second zone and costs up to twice as much a GB as BASIC. A cache of a test environment may start empty after a failure."
    ignore     = "Where failover or reads from replicas are tested, or where the instance holds more than a cache. The tier cannot be changed in place: Terraform makes the instance anew, and what it holds is lost."
    confidence = "high"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://cloud.google.com/memorystore/docs/redis/redis-tiers"
  }
}
