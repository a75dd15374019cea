rule "aws-ebs-unattached-volume" {
  title    = "Volume that nothing in the plan attaches"
  on       = "aws_ebs_volume"
  severity = "note"

  let {
    users = concat(
      referrers("aws_volume_attachment", "volume_id"),
      referrers("kubernetes_persistent_volume", "spec.persistent_volume_source.aws_elastic_block_store.volume_id"),
      referrers("kubernetes_persistent_volume", "spec.persistent_volume_source.csi.volume_handle"),
    )
  }

  when    = length(users) == 0
  remove  = true
  message = "nothing in the plan attaches this volume; it costs the same as one in use"

  docs {
    what       = "An EBS volume to which no attachment and no persistent volume in the plan refers."
    why        = "A volume bills its size, IOPS and throughput from its creation to its deletion, attached or not. A snapshot keeps the data for a good third less, and bills only what is written."
    ignore     = "Where something outside of the plan attaches it: a start script, another state, or a controller of Kubernetes."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-volume.html"
  }
}
