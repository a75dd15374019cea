rule "aws-ec2-previous-generation-type" {
  title    = "Instance type of a previous generation"
  on       = ["aws_instance", "aws_launch_template", "aws_launch_configuration"]
  severity = "warning"

  # Types of the same architecture with at least as many vCPUs and as much memory, for a lower price an hour.
  table "successor" {
    rows = {
      "t1.micro"    = "t3.micro"
      "m1.small"    = "t3.small"
      "m1.medium"   = "t3.medium"
      "m1.large"    = "m6i.large"
      "m1.xlarge"   = "m6i.xlarge"
      "m3.medium"   = "t3.medium"
      "m3.large"    = "m6i.large"
      "m3.xlarge"   = "m6i.xlarge"
      "m3.2xlarge"  = "m6i.2xlarge"
      "m4.large"    = "m6i.large"
      "m4.xlarge"   = "m6i.xlarge"
      "m4.2xlarge"  = "m6i.2xlarge"
      "m4.4xlarge"  = "m6i.4xlarge"
      "m4.16xlarge" = "m6i.16xlarge"
      "c1.medium"   = "c6i.large"
      "c1.xlarge"   = "c6i.2xlarge"
      "c3.large"    = "c6i.large"
      "c3.xlarge"   = "c6i.xlarge"
      "c3.2xlarge"  = "c6i.2xlarge"
      "c3.4xlarge"  = "c6i.4xlarge"
      "c3.8xlarge"  = "c6i.8xlarge"
      "c4.large"    = "c6i.large"
      "c4.xlarge"   = "c6i.xlarge"
      "c4.2xlarge"  = "c6i.2xlarge"
      "c4.4xlarge"  = "c6i.4xlarge"
      "c4.8xlarge"  = "c5.9xlarge"
      "r3.large"    = "r6i.large"
      "r3.xlarge"   = "r6i.xlarge"
      "r3.2xlarge"  = "r6i.2xlarge"
      "r3.4xlarge"  = "r6i.4xlarge"
      "r3.8xlarge"  = "r6i.8xlarge"
      "r4.large"    = "r6i.large"
      "r4.xlarge"   = "r6i.xlarge"
      "r4.2xlarge"  = "r6i.2xlarge"
      "r4.4xlarge"  = "r6i.4xlarge"
      "r4.8xlarge"  = "r6i.8xlarge"
      "r4.16xlarge" = "r6i.16xlarge"
    }
  }

  let {
    successor = table.successor[self.instance_type]
  }

  when    = successor != null
  instead = { instance_type = successor }
  message = "${self.instance_type} is of a previous generation; ${successor} is faster and costs less"

  docs {
    what       = "An instance, launch template or launch configuration with a type of the families T1, M1, M3, M4, C1, C3, C4, R3 or R4."
    why        = "AWS does not lower the prices of previous generations. A current type with as many vCPUs and at least nearly as much memory costs less an hour and does more work in it."
    ignore     = "Where the image cannot start on Nitro: it needs 64 bits, HVM virtualization, and drivers for ENA and NVMe. Also where the instance store of an M1, M3, C1, C3 or R3 type holds data, which its successor does not have."
    confidence = "high"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://aws.amazon.com/ec2/previous-generation/"
  }
}
