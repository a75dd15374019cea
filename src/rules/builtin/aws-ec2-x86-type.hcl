rule "aws-ec2-x86-type" {
  title    = "Instance on an x86 type that has a Graviton twin"
  on       = ["aws_instance", "aws_launch_template"]
  severity = "note"

  # The twin with as many vCPUs and as much memory, nearest in generation.
  table "twin" {
    t3  = "t4g"
    t3a = "t4g"
    m5  = "m7g"
    m5a = "m7g"
    m6i = "m7g"
    m6a = "m7g"
    m7i = "m7g"
    m8i = "m8g"
    c5  = "c7g"
    c5a = "c7g"
    c6i = "c7g"
    c6a = "c7g"
    c7i = "c7g"
    c8i = "c8g"
    r5  = "r7g"
    r5a = "r7g"
    r6i = "r7g"
    r6a = "r7g"
    r7i = "r7g"
    r8i = "r8g"
  }

  table "sizes" {
    burstable = ["nano", "micro", "small", "medium", "large", "xlarge", "2xlarge"]
    others    = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"]
  }

  let {
    parts  = split(".", self.instance_type)
    family = parts[0]
    size   = parts[1]
    sizes  = startswith(family, "t3") ? table.sizes.burstable : table.sizes.others
    twin   = "${table.twin[family]}.${size}"
    system = lower(coalesce(usage.operating_system, "linux"))
  }

  when    = table.twin[family] != null && contains(sizes, size) && system != "windows"
  instead = { instance_type = twin }
  message = "${self.instance_type} has x86 processors; ${twin} has as many vCPUs and as much memory for less"

  docs {
    what       = "An instance or a launch template with a T3, M5 to M8, C5 to C8 or R5 to R8 type on Intel or AMD, whose size Graviton has too."
    why        = "Graviton types of the same size cost less an hour, and each of their vCPUs is a whole core. Most of what runs on Linux, and everything in an interpreted language or on a virtual machine, runs on arm64 too."
    ignore     = "Windows, images from the marketplace, programs without a build for arm64, and agents that have none. The image has to be one for arm64 as well. Where savings plans for instances of the x86 family are still running."
    confidence = "medium"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://aws.amazon.com/ec2/graviton/"
  }
}
