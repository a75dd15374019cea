rule "google-registry-without-cleanup" {
  title    = "Registry that deletes nothing"
  on       = "google_artifact_registry_repository"
  severity = "warning"

  let {
    is_virtual = known(self.mode, null) == "VIRTUAL_REPOSITORY"
    deleting   = [for policy in known(self.cleanup_policies, []) : policy if policy.action == "DELETE"]
    is_dry_run = known(self.cleanup_policy_dry_run, false) == true
  }

  when = !is_virtual && (length(deleting) == 0 || is_dry_run)
  message = (
    length(deleting) > 0
    ? "the cleanup policies of this registry delete nothing: they are a dry run"
    : "every version pushed to this registry is kept: no cleanup policy deletes old ones"
  )

  docs {
    what       = "An Artifact Registry repository without a policy with the action DELETE, or with `cleanup_policy_dry_run`. Virtual repositories store nothing and are left out."
    why        = "Each build pushes an image or a package, and each is paid for by the GB and month until somebody deletes it. Images that no tag names any more are most of many registries."
    ignore     = "Where few versions are pushed, or where all of them must be kept. A policy that keeps the newest ones goes well with one that deletes by age."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = false
    url        = "https://cloud.google.com/artifact-registry/docs/repositories/cleanup-policy"
  }
}
