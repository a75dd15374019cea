rule "aws-rds-gp2-storage" {
  title    = "gp2 storage of a database"
  on       = "aws_db_instance"
  severity = "note"
  # A GB costs the same: what is gained is IOPS, which else are bought with GB or with io1.
  always = true

  let {
    # A replica and a restored copy take the type of their origin.
    is_copy = self.replicate_source_db != null || self.snapshot_identifier != null
    iops    = coalesce(known(self.iops, null), 0)
    size_gb = known(self.allocated_storage, null)
    storage = size_gb == null ? "the storage of this database is" : "the ${size_gb} GB of this database are"
  }

  when = !startswith(coalesce(self.engine, ""), "aurora") && (
    self.storage_type == "gp2" || (known(self.storage_type, null) == null && !is_copy && iops == 0)
  )
  instead = { storage_type = "gp3" }
  message = "${storage} gp2, whose IOPS come with its size; gp3 has at least 3,000 at any size for the same price"

  docs {
    what       = "An RDS instance with storage of type gp2, or of no type, which means gp2."
    why        = "gp2 gives 3 IOPS a GB, so that small volumes are slow and people buy GB or provisioned IOPS to make them faster. gp3 includes 3,000 IOPS and 125 MB/s, from 400 GB on (200 GB for Oracle) 12,000 IOPS and 500 MB/s, at the price of gp2."
    ignore     = "Where the volume is about to go. Changing the type starts an optimization that may take hours, in which the volume cannot be changed again."
    confidence = "medium"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html"
  }
}
