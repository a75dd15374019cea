rule "aws-cloudfront-dedicated-address" {
  title    = "CloudFront certificate on addresses of its own"
  on       = "aws_cloudfront_distribution"
  severity = "warning"

  when    = known(self.viewer_certificate, [])[0].ssl_support_method == "vip"
  instead = { viewer_certificate = [{ ssl_support_method = "sni-only" }] }
  message = "this distribution serves its certificate from dedicated addresses, which costs more by far than most distributions do"

  docs {
    what       = "A distribution whose `viewer_certificate` has `ssl_support_method = \"vip\"`."
    why        = "Dedicated addresses cost 600 USD a month for each certificate. With `sni-only` the browser names the host it wants, and the certificate is served without charge; every browser since about 2010 does so."
    ignore     = "Where devices that are older, and do not send the name, have to be served."
    confidence = "high"
    effort     = "low"
    restart    = false
    rollback   = true
    url        = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-https-dedicated-ip-or-sni.html"
  }
}
