rule "aws-ec2-intel-type" {
  title    = "Instance on Intel where AMD costs less"
  on       = ["aws_instance", "aws_launch_template"]
  severity = "note"

  # The twin on AMD of the same architecture, of the same or a newer generation.
  table "twin" {
    t3  = "t3a"
    m5  = "m6a"
    m6i = "m6a"
    c5  = "c6a"
    c6i = "c6a"
    r5  = "r6a"
    r6i = "r6a"
  }

  table "sizes" {
    burstable = ["nano", "micro", "small", "medium", "large", "xlarge", "2xlarge"]
    others    = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "32xlarge"]
  }

  let {
    parts  = split(".", self.instance_type)
    family = parts[0]
    size   = parts[1]
    sizes  = family == "t3" ? table.sizes.burstable : table.sizes.others
    twin   = "${table.twin[family]}.${size}"
  }

  when    = table.twin[family] != null && contains(sizes, size)
  instead = { instance_type = twin }
  message = "${self.instance_type} runs on Intel; ${twin} runs the same image on AMD for a tenth less"

  docs {
    what       = "An instance or a launch template with a T3, M5, M6i, C5, C6i, R5 or R6i type, whose size the families on AMD have too."
    why        = "The families on AMD cost about a tenth less an hour with as many vCPUs and as much memory. The architecture is the same, so that image and programs stay as they are, Windows too."
    ignore     = "Programs that need AVX-512 or libraries tuned for Intel, licences bound to the processor, and where one moves to Graviton instead, which saves more."
    confidence = "medium"
    effort     = "low"
    restart    = true
    rollback   = true
    url        = "https://aws.amazon.com/ec2/amd/"
  }
}
