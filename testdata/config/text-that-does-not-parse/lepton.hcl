budget "prod" {
  monthly = 
}
