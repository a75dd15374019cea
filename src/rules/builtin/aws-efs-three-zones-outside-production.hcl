rule "aws-efs-three-zones-outside-production" {
  title    = "File system in all zones outside production"
  on       = "aws_efs_file_system"
  severity = "note"

  # The attribute is computed: not known means that nobody chose a zone.
  when    = production == false && known(self.availability_zone_name, null) == null
  message = "this file system outside production is kept in all zones of the region; in one zone a GB costs about half"

  docs {
    what       = "An EFS file system of the regional type outside production."
    why        = "One Zone stores a GB for about half the price. Test data can mostly be made again when a zone fails."
    ignore     = "Where clients run in several zones and traffic between them would cost more, or the data is work of people. The type is chosen when a file system is made: the data has to be moved."
    confidence = "medium"
    effort     = "medium"
    restart    = true
    rollback   = true
    url        = "https://docs.aws.amazon.com/efs/latest/ug/availability-durability.html"
  }
}
