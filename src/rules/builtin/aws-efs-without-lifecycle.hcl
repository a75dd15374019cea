rule "aws-efs-without-lifecycle" {
  title    = "File system without a lifecycle"
  on       = "aws_efs_file_system"
  severity = "warning"

  when    = length(coalesce(self.lifecycle_policy, [])) == 0
  message = "files that nobody reads stay in the standard class: no lifecycle policy moves them to infrequent access"

  docs {
    what       = "An EFS file system without `lifecycle_policy`."
    why        = "Infrequent access stores a GB for less than a tenth of the standard class, and most files of a file system are not read within a month. The move back on first access can be had by policy."
    ignore     = "Where all files are read often, or are few: reads from infrequent access are charged by the GB and take longer to begin."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/efs/latest/ug/lifecycle-management-efs.html"
  }
}
