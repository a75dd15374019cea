rule "azure-aks-paid-tier-outside-production" {
  title    = "Paid tier of a Kubernetes cluster outside production"
  on       = "azurerm_kubernetes_cluster"
  severity = "warning"

  let {
    # `Paid` was the name of what became Standard.
    is_paid = contains(["Standard", "Paid", "Premium"], coalesce(self.sku_tier, "Free"))
  }

  when = production == false && is_paid
  instead = merge(
    { sku_tier = "Free" },
    self.sku_tier == "Premium" ? { support_plan = "KubernetesOfficial" } : {},
    self.cost_analysis_enabled == true ? { cost_analysis_enabled = false } : {},
  )
  message = "this cluster outside production pays for the ${self.sku_tier} tier; the nodes are the same in the free one"

  docs {
    what       = "An AKS cluster with `sku_tier` Standard or Premium whose tags, module or project say that it is not production."
    why        = "The tier buys a promise that the API server answers (Standard) and support for old Kubernetes versions (Premium), by the hour and for as long as the cluster exists. Nodes, disks and workloads do not change."
    ignore     = "Where the cluster has more than some ten nodes or much load on its API server, which the free tier limits, where its cost analysis is used, which the free tier lacks, or where the version is only in long-term support."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://learn.microsoft.com/azure/aks/free-standard-pricing-tiers"
  }
}
