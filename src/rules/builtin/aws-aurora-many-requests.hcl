rule "aws-aurora-many-requests" {
  title    = "Aurora requests that I/O-Optimized would include"
  on       = "aws_rds_cluster"
  severity = "warning"

  when = startswith(self.engine, "aurora") && known(self.storage_type, "") == "" && coalesce(self.engine_mode, "provisioned") == "provisioned" && (
    usage.storage_gb != null && usage.write_requests_per_sec != null && usage.read_requests_per_sec != null
  )
  instead = { storage_type = "aurora-iopt1" }
  message = "this cluster makes ${usage.write_requests_per_sec + usage.read_requests_per_sec} requests a second, which I/O-Optimized includes"

  docs {
    what       = "An Aurora cluster in the standard configuration whose usage says that its requests cost more than the surcharge of I/O-Optimized."
    why        = "Every request to the storage is charged. I/O-Optimized includes them, for 30 % more on instances and 125 % more on storage."
    ignore     = "Where the requests given are a passing peak, or the engine's version or instance class does not know I/O-Optimized: it needs Aurora MySQL 3.03.1, or Aurora PostgreSQL 13.10, 14.7 or 15.2."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.StorageReliability.html"
  }
}
