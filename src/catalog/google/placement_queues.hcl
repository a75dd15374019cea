# What queues and topics of Google need wherever they run, and which of Google could stand for others.

# Usage says how much data there is, not in how many messages: nothing that is billed by requests can be compared.
workload "google_pubsub_subscription" {
  concept  = "queue"
  tier     = known(self.enable_message_ordering, false) == true ? "ordered" : "standard"
  state_gb = usage.storage_gb
}

workload "google_pubsub_topic" {
  concept  = "pubsub"
  state_gb = 0
}

# Publishing and delivering cost the same, and each message is one of at least 1 KB: every request is taken to carry one,
# which is more than is ever billed.
offer "google_pubsub_subscription" {
  concept  = "queue"
  provider = "google"
  type     = "google_pubsub_subscription"
  option   = "on demand"
  when     = need.reads > 0 && need.request_kb != null
  size     = "by data"
  self     = { name = "queue" }
  usage    = { monthly_message_data_tb = need.reads * max(1, need.request_kb) / 1073741824, storage_gb = 0, snapshot_storage_gb = 0 }
}

workload "google_cloud_tasks_queue" { concept = "queue" }
workload "google_eventarc_trigger" { concept = "pubsub" }
