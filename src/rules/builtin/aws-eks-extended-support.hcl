rule "aws-eks-extended-support" {
  title    = "Kubernetes version in extended support"
  on       = "aws_eks_cluster"
  severity = "warning"

  # The day on which standard support ends.
  table "standard_support_ends" {
    rows = {
      "1.23" = "2023-10-11"
      "1.24" = "2024-01-31"
      "1.25" = "2024-05-01"
      "1.26" = "2024-06-11"
      "1.27" = "2024-07-24"
      "1.28" = "2024-11-26"
      "1.29" = "2025-03-23"
      "1.30" = "2025-07-23"
      "1.31" = "2025-11-26"
      "1.32" = "2026-03-23"
      "1.33" = "2026-07-29"
      "1.34" = "2026-12-02"
    }
  }

  let {
    ends     = table.standard_support_ends[self.version]
    is_over  = timecmp("${today}T00:00:00Z", "${ends}T00:00:00Z") > 0
    keeps_up = coalesce(known(self.upgrade_policy, []), [])[0].support_type == "STANDARD"
  }

  when    = ends != null && is_over && !keeps_up
  instead = { version = "1.35" }
  message = "standard support of Kubernetes ${self.version} ended on ${ends}: the cluster costs six times as much an hour"

  docs {
    what       = "An EKS cluster of a version whose standard support has ended, and whose upgrade policy does not forbid extended support."
    why        = "A version is in standard support for 14 months. In the 12 months after that the control plane costs 0.60 USD an hour instead of 0.10 USD."
    ignore     = "While an upgrade is being tested: EKS goes one minor version at a time, and add-ons, nodes and removed APIs have to be looked at for each of them. `upgrade_policy { support_type = \"STANDARD\" }` keeps it from happening again."
    confidence = "high"
    effort     = "high"
    restart    = true
    rollback   = false
    url        = "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html"
  }
}
