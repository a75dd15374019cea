rule "aws-eks-nodes-on-demand-outside-production" {
  title    = "On-demand nodes outside production"
  on       = "aws_eks_node_group"
  severity = "note"

  let {
    capacity = known(self.capacity_type, "ON_DEMAND")
  }

  when    = production == false && capacity == "ON_DEMAND"
  instead = { capacity_type = "SPOT" }
  message = "this node group outside production runs on demand; spot nodes cost a fraction of it"

  docs {
    what       = "A managed node group with `capacity_type = \"ON_DEMAND\"`, or none, whose tags, module or project say that it is not production."
    why        = "Spot capacity costs 50 to 90 percent less. AWS takes it back with two minutes' notice; EKS then drains the node and starts another, which test environments bear well."
    ignore     = "Where single pods hold state that takes long to rebuild, and where load tests must not be disturbed. Several instance types in the group make interruptions rarer. The price of spot changes with time: the figure is the one in the price book."
    confidence = "medium"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html"
  }
}
