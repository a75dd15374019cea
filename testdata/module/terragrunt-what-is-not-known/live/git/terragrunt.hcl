terraform {
  source = "git::https://example.com/modules.git//vpc?ref=v1.2.3"
}
