rule "aws-redshift-previous-generation" {
  title    = "Redshift on nodes of a previous generation"
  on       = "aws_redshift_cluster"
  severity = "warning"

  let {
    family = split(".", self.node_type)[0]
  }

  when    = contains(["ds1", "ds2", "dc1", "dc2"], family)
  message = "${self.node_type} couples storage to nodes: each further GB needs a further node; RA3 pays for them apart"

  docs {
    what       = "A Redshift cluster with nodes of the families DS1, DS2, DC1 or DC2."
    why        = "On DC and DS nodes storage grows only with nodes, so that many clusters pay for processors they do not use. RA3 stores data at a price by the GB, so that nodes are counted by the work they do, and can be paused or shared."
    ignore     = "Where a small DC2 cluster is filled and busy: the smallest RA3 node may then cost more. AWS ends these families step by step, so that the move comes anyway."
    confidence = "medium"
    effort     = "medium"
    restart    = true
    rollback   = false
    url        = "https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-clusters.html"
  }
}
