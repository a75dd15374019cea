rule "aws-eks-x86-nodes" {
  title    = "Node group on x86 types that have Graviton twins"
  on       = "aws_eks_node_group"
  severity = "note"

  table "twin" {
    t3  = "t4g"
    t3a = "t4g"
    m5  = "m7g"
    m5a = "m7g"
    m6i = "m7g"
    m6a = "m7g"
    m7i = "m7g"
    c5  = "c7g"
    c5a = "c7g"
    c6i = "c7g"
    c6a = "c7g"
    c7i = "c7g"
    r5  = "r7g"
    r5a = "r7g"
    r6i = "r7g"
    r6a = "r7g"
    r7i = "r7g"
  }

  table "image" {
    rows = {
      AL2_x86_64                = "AL2_ARM_64"
      AL2023_x86_64_STANDARD    = "AL2023_ARM_64_STANDARD"
      BOTTLEROCKET_x86_64       = "BOTTLEROCKET_ARM_64"
      BOTTLEROCKET_x86_64_FIPS  = "BOTTLEROCKET_ARM_64_FIPS"
    }
  }

  let {
    types = coalesce(known(self.instance_types, null), [])
    sizes = ["micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"]
    twins = [
      for name in types : "${table.twin[split(".", name)[0]]}.${split(".", name)[1]}"
      if table.twin[split(".", name)[0]] != null && contains(sizes, split(".", name)[1])
    ]
    # Without a word on it EKS takes Amazon Linux for x86.
    image = table.image[known(self.ami_type, "AL2023_x86_64_STANDARD")]
  }

  when    = length(types) > 0 && length(twins) == length(types) && image != null
  instead = { instance_types = distinct(twins), ami_type = image }
  message = "these nodes are ${join(", ", types)}; ${join(", ", distinct(twins))} with the image ${image} cost less"

  docs {
    what       = "A managed node group whose types are all on Intel or AMD and have twins on Graviton, and whose image EKS has for arm64 too."
    why        = "Graviton nodes of the same size cost less an hour. The node image comes from EKS; only the containers have to exist for arm64, which most public ones do."
    ignore     = "Where a container, a daemon set or a sidecar has no image for arm64. A second group on Graviton beside this one lets workloads move one by one."
    confidence = "medium"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html"
  }
}
