env      = "prod"
az_count = 3
services = {
  api    = { size = "m5.large", desired = 3, volume_gb = 50 }
  web    = { size = "m5.large", desired = 3, public = true }
  worker = { size = "c5.xlarge", desired = 2, max = 10 }
}
database = { class = "db.m5.xlarge", storage_gb = 500, replicas = 1 }
cache    = { node_type = "cache.m5.large", nodes = 2 }
