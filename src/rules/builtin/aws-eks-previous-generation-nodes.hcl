rule "aws-eks-previous-generation-nodes" {
  title    = "Node group on types of a previous generation"
  on       = "aws_eks_node_group"
  severity = "warning"

  table "successor" {
    t2 = "t3"
    m4 = "m6i"
    c4 = "c6i"
    r4 = "r6i"
  }

  let {
    types = coalesce(known(self.instance_types, null), [])
    sizes = ["micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge"]
    old   = [for name in types : name if table.successor[split(".", name)[0]] != null && contains(sizes, split(".", name)[1])]
    newer = [
      for name in types :
      contains(old, name) ? "${table.successor[split(".", name)[0]]}.${split(".", name)[1]}" : name
    ]
  }

  when    = length(old) > 0
  instead = { instance_types = distinct(newer) }
  message = "${join(", ", old)}: a type of a previous generation; ${join(", ", distinct(newer))} is faster and costs less"

  docs {
    what       = "A managed node group with a type of the families T2, M4, C4 or R4."
    why        = "AWS does not lower the prices of previous generations. A current type with as many vCPUs and as much memory costs less an hour, does more work in it and takes at least as many pods."
    ignore     = "Where the nodes come from an image of one's own without drivers for ENA and NVMe. The images of EKS have them."
    confidence = "high"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://aws.amazon.com/ec2/previous-generation/"
  }
}
