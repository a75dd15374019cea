# Databases and caches of Google that nothing else stands for yet, and clusters: what they need is known all the same.

workload "google_alloydb_cluster" {
  concept    = "rdb-distributed"
  engine     = "postgres"
  version    = trimprefix(known(self.database_version, null), "POSTGRES_")
  assumed_gb = 100
}

workload "google_alloydb_instance" { part_of = ["cluster"] }

# A node is a thousand processing units.
workload "google_spanner_instance" {
  concept    = "rdb-distributed"
  size       = "spanner"
  count      = coalesce(known(self.num_nodes, null), known(self.processing_units, null) / 1000)
  assumed_gb = 100
}

workload "google_bigtable_instance" { concept = "kv-document" }
workload "google_firestore_database" { concept = "kv-document" }

workload "google_memcache_instance" {
  concept    = "cache-memcached"
  memory_gb  = self.node_config[0].memory_size_mb * self.node_count / 1024
  count      = 1
  engine     = "memcached"
  ha         = false
  state_gb   = 0
  assumed_gb = 200
}

# GB of a node that are for data. https://cloud.google.com/memorystore/docs/valkey/instance-node-specification
table "google_memorystore_node_gb" {
  rows = { SHARED_CORE_NANO = 1.12, STANDARD_SMALL = 5.2, HIGHMEM_MEDIUM = 10.4, HIGHMEM_XLARGE = 46.4 }
}

workload "google_memorystore_instance" {
  let {
    node_type = coalesce(known(self.node_type, null), "HIGHMEM_MEDIUM")
    copies    = coalesce(known(self.replica_count, null), 0)
  }
  concept    = "cache-redis"
  size       = node_type
  memory_gb  = table.google_memorystore_node_gb[node_type] * self.shard_count
  count      = 1
  engine     = "valkey"
  version    = known(self.engine_version, null)
  ha         = copies > 0
  replicas   = copies
  state_gb   = 0
  assumed_gb = 200
}

# The fee of a cluster, and the pools that stand in it: they stay together.
workload "google_container_cluster" {
  concept = "kubernetes-control"
  version = known(self.min_master_version, null)
  ha      = !can(regex("-[a-z]$", known(self.location, "")))
}
