rule "aws-rds-previous-generation-class" {
  title    = "Database on a previous-generation class"
  on       = ["aws_db_instance", "aws_rds_cluster_instance"]
  severity = "warning"
  # AWS ends these classes: moving is due even where the price stays.
  always = true

  table "successor" {
    m3 = { graviton = "m6g", x86 = "m5" }
    m4 = { graviton = "m6g", x86 = "m5" }
    r3 = { graviton = "r6g", x86 = "r5" }
    r4 = { graviton = "r6g", x86 = "r5" }
    t2 = { graviton = "t4g", x86 = "t3" }
  }

  # Major versions from which the Graviton classes are offered.
  table "least_major" {
    rows = {
      "mysql"             = 8
      "postgres"          = 13
      "mariadb"           = 10
      "aurora-mysql"      = 8
      "aurora-postgresql" = 13
    }
  }

  # Sizes that both generations have with as much memory.
  table "sizes" {
    rows = {
      t2            = ["micro", "small", "medium", "large", "xlarge", "2xlarge"]
      "t2-aurora"   = ["medium"]
      others        = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge"]
    }
  }

  let {
    parts    = split(".", self.instance_class)
    family   = parts[1]
    size     = parts[2]
    families = table.successor[family]
    sizes    = family == "t2" ? (startswith(self.engine, "aurora") ? table.sizes["t2-aurora"] : table.sizes.t2) : table.sizes.others
    cluster  = ref("cluster_identifier", "aws_rds_cluster")
    version  = known(self.engine_version, known(cluster.engine_version, "999"))
    # Engines with a licence have no such number here, and stay on x86.
    least        = coalesce(table.least_major[self.engine], 1000000)
    may_graviton = tonumber(split(".", version)[0]) >= least
    successor    = "db.${may_graviton ? families.graviton : families.x86}.${size}"
  }

  when    = families != null && contains(sizes, size)
  instead = { instance_class = successor }
  message = "${self.instance_class} is of a previous generation; ${successor} has as much memory and faster processors"

  docs {
    what       = "An RDS or Aurora instance on an M3, M4, R3, R4 or T2 class."
    why        = "AWS is retiring these classes. Their successors do more work an hour at the same or a lower price; engines that run on Graviton save most there."
    ignore     = "Where a reserved instance of the old family is still running: move when it ends."
    confidence = "high"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html"
  }
}
