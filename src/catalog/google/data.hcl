# Cloud SQL: the cores and memory of tiers that name neither.
table "google_sql_tier" {
  rows = {
    "db-n1-standard-1"  = { cores = 1, memory_gb = 3.75 }
    "db-n1-standard-2"  = { cores = 2, memory_gb = 7.5 }
    "db-n1-standard-4"  = { cores = 4, memory_gb = 15 }
    "db-n1-standard-8"  = { cores = 8, memory_gb = 30 }
    "db-n1-standard-16" = { cores = 16, memory_gb = 60 }
    "db-n1-standard-32" = { cores = 32, memory_gb = 120 }
    "db-n1-standard-64" = { cores = 64, memory_gb = 240 }
    "db-n1-standard-96" = { cores = 96, memory_gb = 360 }
    "db-n1-highmem-2"   = { cores = 2, memory_gb = 13 }
    "db-n1-highmem-4"   = { cores = 4, memory_gb = 26 }
    "db-n1-highmem-8"   = { cores = 8, memory_gb = 52 }
    "db-n1-highmem-16"  = { cores = 16, memory_gb = 104 }
    "db-n1-highmem-32"  = { cores = 32, memory_gb = 208 }
    "db-n1-highmem-64"  = { cores = 64, memory_gb = 416 }
    "db-n1-highmem-96"  = { cores = 96, memory_gb = 624 }
  }
}

resource "google_sql_database_instance" {
  docs = "https://cloud.google.com/sql/pricing"
  usage {
    # GB of backups.
    backup_storage_gb = null
  }
  let {
    settings    = known(self.settings, [])[0]
    tier        = settings.tier
    is_regional = known(settings.availability_type, "ZONAL") == "REGIONAL"
    zone        = is_regional ? "regional" : "zonal"
    prefix      = "Cloud SQL: ${title(zone)} - "
    # db-custom-2-7680: cores and MiB.
    is_custom = can(regex("^db-custom-[0-9]+-[0-9]+$", tier))
    is_shared = contains(["db-f1-micro", "db-g1-small"], tier)
    cores     = is_custom ? tonumber(regex("^db-custom-([0-9]+)-", tier)[0]) : table.google_sql_tier[tier].cores
    memory_gb = is_custom ? tonumber(regex("-([0-9]+)$", tier)[0]) / 1024 : table.google_sql_tier[tier].memory_gb
    is_server = startswith(known(self.database_version, ""), "SQLSERVER")
    is_plus   = known(settings.edition, "ENTERPRISE") == "ENTERPRISE_PLUS"
    is_hdd    = known(settings.disk_type, "PD_SSD") == "PD_HDD"
    runs      = known(settings.activation_policy, "ALWAYS") != "NEVER"
    edition   = is_server ? "SQL Server " : (is_plus ? "Enterprise Plus " : "")
  }
  component "SQL instance" {
    when     = is_shared && runs
    detail   = "${tier}, ${zone}"
    unit     = "hours"
    quantity = 730
    price {
      service = "Cloud SQL"
      sku     = "${prefix}${tier == "db-f1-micro" ? "Micro" : "Small"} instance"
    }
  }
  # SQL Server and Enterprise Plus have prices of their own, which no list at hand gives: then the line says so.
  component "vCPUs" {
    when     = !is_shared && runs
    detail   = "${cores}, ${zone}"
    unit     = "hours"
    quantity = 730 * cores
    price {
      service = "Cloud SQL"
      sku     = "${prefix}${edition}vCPU"
    }
  }
  component "Memory" {
    when     = !is_shared && runs
    detail   = "${memory_gb} GB, ${zone}"
    unit     = "GB"
    per      = 730
    quantity = memory_gb * 730
    price {
      service = "Cloud SQL"
      sku     = "${prefix}${edition}RAM"
    }
  }
  component "Storage" {
    detail   = "${is_hdd ? "HDD" : "SSD"}, ${zone}"
    unit     = "GB"
    quantity = coalesce(known(settings.disk_size, null), 10)
    price {
      service = "Cloud SQL"
      sku     = "${prefix}${is_hdd ? "Low cost" : "Standard"} storage"
    }
  }
  component "Backups" {
    unit     = "GB"
    quantity = usage.backup_storage_gb
    price {
      service = "Cloud SQL"
      sku     = "Cloud SQL: Backups"
    }
  }
  example "custom, zonal" {
    self   = { database_version = "POSTGRES_15", settings = [{ tier = "db-custom-2-7680", disk_size = 100 }] }
    expect = { "vCPUs" = 1460, "Memory" = 5475, "Storage" = 100, "Backups" = null }
  }
  example "shared core, regional" {
    self   = { database_version = "MYSQL_8_0", settings = [{ tier = "db-f1-micro", availability_type = "REGIONAL" }] }
    usage  = { backup_storage_gb = 5 }
    expect = { "SQL instance" = 730, "Storage" = 10, "Backups" = 5 }
  }
  example "a named tier" {
    self   = { database_version = "MYSQL_8_0", settings = [{ tier = "db-n1-standard-4", availability_type = "REGIONAL" }] }
    expect = { "vCPUs" = 2920, "Memory" = 10950, "Storage" = 10, "Backups" = null }
  }
}

# What storage classes are called on the pricing page.
table "google_storage_class" {
  rows = {
    STANDARD       = { words = "standard", sku = "Standard Storage", retrieval = null }
    MULTI_REGIONAL = { words = "standard", sku = "Standard Storage", retrieval = null }
    REGIONAL       = { words = "standard", sku = "Standard Storage", retrieval = null }
    NEARLINE       = { words = "nearline", sku = "Nearline Storage", retrieval = "Nearline Data Retrieval" }
    COLDLINE       = { words = "coldline", sku = "Coldline Storage", retrieval = "Coldline Data Retrieval" }
    ARCHIVE        = { words = "archive", sku = "Archive Storage", retrieval = "Archive Data Retrieval" }
  }
}

resource "google_storage_bucket" {
  docs = "https://cloud.google.com/storage/pricing"
  usage {
    # GB in the bucket.
    storage_gb = null
    # Operations that change or list objects, a month.
    monthly_class_a_operations = null
    # Operations that read objects, a month.
    monthly_class_b_operations = null
    # GB read from a cold class a month.
    monthly_data_retrieval_gb = null
    # GB sent a month, by where they go.
    monthly_egress_data_transfer_gb = {
      # The same continent.
      same_continent = null
      # Worldwide but Asia and Australia.
      worldwide = null
      # Asia with Hong Kong, without China.
      asia = null
      # China without Hong Kong.
      china = null
      # Australia.
      australia = null
    }
  }
  let {
    class    = table.google_storage_class[known(self.storage_class, "STANDARD")]
    location = lower(known(self.location, "us"))
    suffix   = contains(["us", "eu", "asia"], location) ? " Multi-region" : (contains(["nam4", "eur4", "asia1"], location) ? " Dual-region" : "")
  }
  component "Storage" {
    detail   = class.words
    unit     = "GiB"
    quantity = usage.storage_gb
    price {
      service = "Cloud Storage"
      sku     = "${class.sku}${suffix}"
    }
  }
  component "Object adds, bucket/object list (class A)" {
    unit     = "10k operations"
    per      = 10000
    quantity = usage.monthly_class_a_operations
    price {
      service = "Cloud Storage"
      sku     = "${suffix == "" ? "Regional" : "Multi-Region"} ${title(class.words)} Class A Operations"
    }
  }
  component "Object gets, retrieve bucket/object metadata (class B)" {
    unit     = "10k operations"
    per      = 10000
    quantity = usage.monthly_class_b_operations
    price {
      service = "Cloud Storage"
      sku     = "${suffix == "" ? "Regional" : "Multi-Region"} ${title(class.words)} Class B Operations"
    }
  }
  component "Data retrieval" {
    when     = class.retrieval != null
    unit     = "GB"
    quantity = usage.monthly_data_retrieval_gb
    price {
      service = "Cloud Storage"
      sku     = class.retrieval
      region  = suffix == "" ? region : "us-central1"
    }
  }
  part "Network egress" {
    component "Data transfer in same continent" {
      unit     = "GB"
      quantity = usage.monthly_egress_data_transfer_gb.same_continent
      optional = true
      price {
        service = "Cloud Storage"
        sku     = "Network Data Transfer GCP Inter Region within Europe"
      }
    }
    component "Data transfer to worldwide excluding Asia, Australia" {
      unit     = "GB"
      quantity = usage.monthly_egress_data_transfer_gb.worldwide
      optional = true
      price {
        service = "Cloud Storage"
        sku     = "Download Worldwide Destinations (excluding Asia & Australia)"
      }
    }
    component "Data transfer to Asia excluding China, but including Hong Kong" {
      unit     = "GB"
      quantity = usage.monthly_egress_data_transfer_gb.asia
      optional = true
      price {
        service = "Cloud Storage"
        sku     = "Download APAC"
      }
    }
    component "Data transfer to China excluding Hong Kong" {
      unit     = "GB"
      quantity = usage.monthly_egress_data_transfer_gb.china
      optional = true
      price {
        service = "Cloud Storage"
        sku     = "Download China"
      }
    }
    component "Data transfer to Australia" {
      unit     = "GB"
      quantity = usage.monthly_egress_data_transfer_gb.australia
      optional = true
      price {
        service = "Cloud Storage"
        sku     = "Download Australia"
      }
    }
  }
  example "standard, multi-region, with traffic" {
    self  = { location = "EU" }
    usage = {
      storage_gb                      = 100
      monthly_class_a_operations      = 10000
      monthly_egress_data_transfer_gb = { same_continent = 1, worldwide = 2, asia = 3, china = 4, australia = 5 }
    }
    expect = {
      "Storage"                                                                       = 100
      "Object adds, bucket/object list (class A)"                                     = 10000
      "Object gets, retrieve bucket/object metadata (class B)"                        = null
      "Network egress/Data transfer in same continent"                                = 1
      "Network egress/Data transfer to worldwide excluding Asia, Australia"           = 2
      "Network egress/Data transfer to Asia excluding China, but including Hong Kong" = 3
      "Network egress/Data transfer to China excluding Hong Kong"                     = 4
      "Network egress/Data transfer to Australia"                                     = 5
    }
  }
}

resource "google_redis_instance" {
  docs = "https://cloud.google.com/memorystore/docs/redis/pricing"
  let {
    size  = self.memory_size_gb
    grade = size <= 4 ? "M1" : (size <= 10 ? "M2" : (size <= 35 ? "M3" : (size <= 100 ? "M4" : "M5")))
    tier  = known(self.tier, "BASIC") == "STANDARD_HA" ? "standard" : "basic"
  }
  component "Redis instance" {
    detail   = "${tier}, ${grade}"
    unit     = "GB"
    per      = 730
    quantity = size * 730
    price {
      service = "Cloud Memorystore for Redis"
      sku     = "Redis Capacity ${title(tier)} ${grade}"
    }
  }
  example "basic" {
    self   = { memory_size_gb = 1 }
    expect = { "Redis instance" = 730 }
  }
  example "highly available" {
    self   = { memory_size_gb = 16, tier = "STANDARD_HA" }
    expect = { "Redis instance" = 11680 }
  }
}

resource "google_pubsub_topic" {
  docs = "https://cloud.google.com/pubsub/pricing"
  usage {
    # TiB of messages published a month.
    monthly_message_data_tb = null
  }
  component "Message ingestion data" {
    unit     = "TiB"
    quantity = usage.monthly_message_data_tb
    price {
      service = "Cloud Pub/Sub"
      sku     = "Message Delivery Basic"
    }
  }
  example "a topic" {
    self   = {}
    usage  = { monthly_message_data_tb = 2 }
    expect = { "Message ingestion data" = 2 }
  }
}

resource "google_pubsub_subscription" {
  docs = "https://cloud.google.com/pubsub/pricing"
  usage {
    # TiB of messages delivered a month.
    monthly_message_data_tb = null
    # GiB of acknowledged messages that are kept.
    storage_gb = null
    # GiB of snapshots.
    snapshot_storage_gb = null
  }
  component "Message delivery data" {
    unit     = "TiB"
    quantity = usage.monthly_message_data_tb
    price {
      service = "Cloud Pub/Sub"
      sku     = "Message Delivery Basic"
    }
  }
  component "Retained acknowledged message storage" {
    unit     = "GiB"
    quantity = usage.storage_gb
    price {
      service = "Cloud Pub/Sub"
      sku     = "Subscriptions retained acknowledged messages"
    }
  }
  component "Snapshot message backlog storage" {
    unit     = "GiB"
    quantity = usage.snapshot_storage_gb
    price {
      service = "Cloud Pub/Sub"
      sku     = "Snapshots message backlog"
    }
  }
  example "a subscription" {
    self   = {}
    usage  = { monthly_message_data_tb = 1 }
    expect = { "Message delivery data" = 1, "Retained acknowledged message storage" = null, "Snapshot message backlog storage" = null }
  }
}

resource "google_bigquery_dataset" {
  docs = "https://cloud.google.com/bigquery/pricing"
  usage {
    # TB that queries read a month.
    monthly_queries_tb = null
  }
  component "Queries (on-demand)" {
    unit     = "TB"
    quantity = usage.monthly_queries_tb
    price {
      service = "BigQuery"
      sku     = "Analysis"
    }
  }
  example "a dataset" {
    self   = {}
    usage  = { monthly_queries_tb = 3 }
    expect = { "Queries (on-demand)" = 3 }
  }
}

resource "google_bigquery_table" {
  docs = "https://cloud.google.com/bigquery/pricing"
  usage {
    # GB of active storage.
    monthly_active_storage_gb = null
    # GB of long-term storage.
    monthly_long_term_storage_gb = null
    # MB of streaming inserts a month.
    monthly_streaming_inserts_mb = null
    # GB through the storage write API a month.
    monthly_storage_write_api_gb = null
    # TB through the storage read API a month.
    monthly_storage_read_api_tb = null
  }
  component "Active storage" {
    unit     = "GB"
    quantity = usage.monthly_active_storage_gb
    price {
      service = "BigQuery"
      sku     = "Active Logical Storage"
    }
  }
  component "Long-term storage" {
    unit     = "GB"
    quantity = usage.monthly_long_term_storage_gb
    price {
      service = "BigQuery"
      sku     = "Long Term Logical Storage"
    }
  }
  component "Streaming inserts" {
    unit     = "MB"
    quantity = usage.monthly_streaming_inserts_mb
    price {
      service = "BigQuery"
      sku     = "Streaming Insert"
    }
  }
  component "Storage write API" {
    unit     = "GB"
    quantity = usage.monthly_storage_write_api_gb
    price {
      service = "BigQuery"
      sku     = "BigQuery Storage API - Write"
    }
  }
  component "Storage read API" {
    unit     = "TB"
    quantity = usage.monthly_storage_read_api_tb
    price {
      service = "BigQuery"
      sku     = "BigQuery Storage API - Read"
    }
  }
  example "a table" {
    self   = {}
    usage  = { monthly_active_storage_gb = 10 }
    expect = { "Active storage" = 10, "Long-term storage" = null, "Streaming inserts" = null, "Storage write API" = null, "Storage read API" = null }
  }
}
