rule "aws-ec2-gp2-volume" {
  title    = "gp2 volume of an instance that gp3 gives for less"
  on       = ["aws_instance", "aws_launch_template", "aws_launch_configuration"]
  severity = "warning"

  let {
    root   = coalesce(known(self.root_block_device, null), [])
    extra  = coalesce(known(self.ebs_block_device, null), [])
    mapped = coalesce(known(self.block_device_mappings, null), [])
    # A root volume of no type has the one of its image; a further volume of none is gp2.
    extra_types  = [for device in extra : coalesce(known(device.volume_type, null), "gp2")]
    mapped_types = [for mapping in mapped : coalesce(known(mapping.ebs[0].volume_type, null), "of the image")]
    root_types   = [for device in root : coalesce(known(device.volume_type, null), "of the image")]
    types        = concat(root_types, extra_types, mapped_types)
    count        = length([for name in types : name if name == "gp2"])

    # What gp2 gives by its size is bought: 3 IOPS a GB above 1,000 GB, 250 MB/s above 170 GB.
    new_root = [for device in root : known(device.volume_type, null) != "gp2" ? {} : merge(
      { volume_type = "gp3" },
      coalesce(known(device.volume_size, null), 8) > 1000 ? { iops = min(16000, 3 * device.volume_size) } : {},
      coalesce(known(device.volume_size, null), 8) > 170 ? { throughput = 250 } : {},
    )]
    new_extra = [for device in extra : coalesce(known(device.volume_type, null), "gp2") != "gp2" ? {} : merge(
      { volume_type = "gp3" },
      coalesce(known(device.volume_size, null), 8) > 1000 ? { iops = min(16000, 3 * device.volume_size) } : {},
      coalesce(known(device.volume_size, null), 8) > 170 ? { throughput = 250 } : {},
    )]
    new_mapped = [for mapping in mapped : known(mapping.ebs[0].volume_type, null) != "gp2" ? {} : { ebs = [merge(
      { volume_type = "gp3" },
      coalesce(known(mapping.ebs[0].volume_size, null), 8) > 1000 ? { iops = min(16000, 3 * mapping.ebs[0].volume_size) } : {},
      coalesce(known(mapping.ebs[0].volume_size, null), 8) > 170 ? { throughput = 250 } : {},
    )] }]
  }

  when = count > 0
  instead = merge(
    length(root) > 0 ? { root_block_device = new_root } : {},
    length(extra) > 0 ? { ebs_block_device = new_extra } : {},
    length(mapped) > 0 ? { block_device_mappings = new_mapped } : {},
  )
  message = "${count == 1 ? "a volume" : "${count} volumes"} of this machine ${count == 1 ? "is" : "are"} gp2; gp3 with the same IOPS and throughput costs less"

  docs {
    what       = "A block device of type gp2 in an instance, a launch template or a launch configuration; a further volume of an instance without a type is gp2 too."
    why        = "gp3 costs a fifth less a GB and has 3,000 IOPS and 125 MB/s at any size. What gp2 gives beyond that by its size is bought, so that nothing gets slower."
    ignore     = "Where an image or a policy pins the type. The type of a running volume changes without a stop; an `ebs_block_device` that Terraform would replace is better changed in AWS first."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html"
  }
}
