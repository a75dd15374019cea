env      = "dev"
services = { api = {}, web = { public = true } }
database = { class = "db.t3.medium", storage_gb = 50 }
