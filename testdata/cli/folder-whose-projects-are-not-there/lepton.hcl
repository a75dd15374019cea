project "shop" {
  path = "infra/shop"
}
