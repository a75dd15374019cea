rule "aws-opensearch-previous-generation" {
  title    = "Search domain on nodes or volumes of a previous generation"
  on       = ["aws_opensearch_domain", "aws_elasticsearch_domain"]
  severity = "warning"

  let {
    cluster  = coalesce(known(self.cluster_config, null), [])[0]
    volumes  = coalesce(known(self.ebs_options, null), [])[0]
    families = ["m3", "m4", "c4", "r3", "r4", "i2", "t2"]
    nodes    = [for name in [cluster.instance_type, cluster.dedicated_master_type] : name if name != null]
    old      = distinct([for name in nodes : name if contains(families, split(".", name)[0])])
    is_gp2   = volumes.ebs_enabled == true && volumes.volume_type == "gp2"
    what     = concat(old, is_gp2 ? ["gp2"] : [])
  }

  when    = length(what) > 0
  message = "${join(", ", what)}: of a previous generation; current nodes and gp3 volumes do more for less"

  docs {
    what       = "An OpenSearch or Elasticsearch domain with data or master nodes of the families M3, M4, C4, R3, R4, I2 or T2, or with volumes of type gp2."
    why        = "Current nodes such as M6g, C6g, R6g or T3 cost less an hour than nodes of previous generations, and index more in it. gp3 costs less a GB than gp2, with IOPS that do not depend on the size."
    ignore     = "Where the version is too old for current nodes (Graviton needs Elasticsearch 7.9 or OpenSearch), or reserved instances of the old family are still running."
    confidence = "high"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/supported-instance-types.html"
  }
}
