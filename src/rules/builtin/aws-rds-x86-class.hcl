rule "aws-rds-x86-class" {
  title    = "Database on an x86 class that has a Graviton twin"
  on       = ["aws_db_instance", "aws_rds_cluster_instance"]
  severity = "warning"

  # The twin with as many vCPUs and as much memory, nearest in generation.
  table "twin" {
    t3  = "t4g"
    m5  = "m6g"
    m6i = "m7g"
    m7i = "m7g"
    r5  = "r6g"
    r6i = "r7g"
    r7i = "r7g"
  }

  # Major versions from which all of these twins are offered, of RDS and of Aurora.
  table "least_major" {
    rows = {
      "mysql"             = 8
      "postgres"          = 13
      "mariadb"           = 10
      "aurora-mysql"      = 8
      "aurora-postgresql" = 13
    }
  }

  table "sizes" {
    t3     = ["micro", "small", "medium", "large", "xlarge", "2xlarge"]
    others = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"]
    # Aurora has fewer burstable classes than RDS.
    aurora = ["medium", "large"]
  }

  let {
    parts     = split(".", self.instance_class)
    family    = parts[1]
    size      = parts[2]
    is_aurora = startswith(self.engine, "aurora")
    sizes     = family == "t3" ? (is_aurora ? table.sizes.aurora : table.sizes.t3) : table.sizes.others
    twin      = "db.${table.twin[family]}.${size}"
    cluster   = ref("cluster_identifier", "aws_rds_cluster")
    # Without a version the newest is taken.
    version = known(self.engine_version, known(cluster.engine_version, "999"))
    major   = tonumber(split(".", version)[0])
  }

  when    = table.twin[family] != null && contains(sizes, size) && major >= table.least_major[self.engine]
  instead = { instance_class = twin }
  message = "${self.instance_class} has x86 processors; ${twin} has as many vCPUs and as much memory for less"

  docs {
    what       = "An instance of MySQL, MariaDB, PostgreSQL or Aurora on a T3, M5, M6i, M7i, R5, R6i or R7i class, in a version that Graviton classes run too."
    why        = "RDS runs the engine, so that no program of yours has to change its architecture. Graviton classes of the same size cost less an hour, and AWS measures more work done in it."
    ignore     = "Where reserved instances of the x86 family are still running, or an extension or a minor version is not offered on Graviton."
    confidence = "high"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html"
  }
}
