placement {
  providers = ["azure"]
}
