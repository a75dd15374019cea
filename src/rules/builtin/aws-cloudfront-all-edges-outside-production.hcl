rule "aws-cloudfront-all-edges-outside-production" {
  title    = "CloudFront at all edges outside production"
  on       = "aws_cloudfront_distribution"
  severity = "note"

  when    = production == false && known(self.price_class, "PriceClass_All") == "PriceClass_All"
  message = "this distribution outside production answers from all edges, the dearest too; PriceClass_100 keeps to North America, Europe and Israel"

  docs {
    what       = "A distribution with the price class `PriceClass_All`, or none, whose tags, module or project say that it is not production."
    why        = "A GB from South America, Australia or India costs up to twice what one from Europe or North America does. With a smaller price class CloudFront answers from the cheaper edges only."
    ignore     = "Where testers sit in the other regions and need the short way, or little goes out at all."
    confidence = "low"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PriceClass.html"
  }
}
